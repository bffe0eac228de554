"""Reading the ledger: a family's history here, the index's gathering in its own module."""

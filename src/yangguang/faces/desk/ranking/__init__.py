"""The ranking of any area."""

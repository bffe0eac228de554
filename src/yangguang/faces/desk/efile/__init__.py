"""The e-file of a household: finding it, reading it, trying what would change its index."""

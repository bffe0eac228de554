"""The made city of the founding day."""

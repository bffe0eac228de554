"""Batches, bank channels and results."""

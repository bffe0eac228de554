"""Batches: prepared, sent, answered by the bank, reconciled."""

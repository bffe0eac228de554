"""The rules of the assistance index: one model, run for one household and for a city."""

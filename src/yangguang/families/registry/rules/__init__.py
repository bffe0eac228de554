"""What holds of households and persons: numbers, names, membership, sense."""

"""The e-file of a household: finding, reading, registering, correcting."""

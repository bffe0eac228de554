"""Pure rules of back-ups: how a part is sealed, what a whole back-up is."""

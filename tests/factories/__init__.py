"""Situations for all tests: families as entries, registered by the very verb that clerks use."""

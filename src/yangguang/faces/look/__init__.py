"""Macros, tokens and formats that all screens share."""

"""The made city as pure data: no Django, no database, the same for the same seed and day."""

"""Policy with dates and references: standards, limits, aid items, the index model."""

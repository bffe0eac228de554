"""Plans: drawn down the ranking, submitted, approved by a second person."""

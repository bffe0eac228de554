"""The assistance index: rules, scoring, ranking, explanation, simulation."""

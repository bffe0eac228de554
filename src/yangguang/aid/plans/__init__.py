"""Budgets and plans drawn down the ranking."""

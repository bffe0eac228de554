"""Service bodies with their six haves, who leads, and the areas' past."""

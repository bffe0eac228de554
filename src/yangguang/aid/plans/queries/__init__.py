"""Reading plans: what a drawing stands on, and what the pages show."""

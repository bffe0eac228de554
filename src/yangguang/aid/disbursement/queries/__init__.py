"""Reading batches: what a verb stands on, and what the pages show."""

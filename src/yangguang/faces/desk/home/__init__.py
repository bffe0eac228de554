"""The desk's first page: what waits, how many, where."""

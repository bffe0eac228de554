"""Benchmarks: our work against the bare work on the same rows, alternately, in one run."""

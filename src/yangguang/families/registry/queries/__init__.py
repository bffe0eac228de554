"""What screens read of the e-file, in a stated number of queries."""

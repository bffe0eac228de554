"""What families receive, in which order, by which budget."""

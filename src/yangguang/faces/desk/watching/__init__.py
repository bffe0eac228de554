"""What of the looks at families asks for an explanation."""

"""The verbs of the e-file, one each, and the bulk ways that rosters and the demonstration use."""

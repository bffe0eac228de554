"""What is asked on the pages of a household, and which verb each form becomes."""

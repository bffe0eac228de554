"""What a role is and may do."""

"""Request context, row-level security, encrypted fields and masks."""

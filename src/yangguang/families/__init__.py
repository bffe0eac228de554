"""Who the families are and how a case goes."""

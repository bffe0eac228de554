"""What the public, the supervisors and the family may see."""

"""A township's roster: uploaded, checked, looked at, taken."""

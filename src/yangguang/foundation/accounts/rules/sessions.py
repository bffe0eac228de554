"""How long a session stands, and how long a second factor counts as fresh."""

from datetime import datetime, timedelta

IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=8)
FRESH = timedelta(minutes=10)
MOST = 2
"""How many sessions of one person stand at once; the oldest ends."""


def is_over(started: datetime, seen: datetime, at: datetime) -> bool:
    """Tell whether a session begun and last used at these moments has ended."""
    return at - seen >= IDLE or at - started >= ABSOLUTE


def is_fresh(factor: datetime, at: datetime) -> bool:
    """Tell whether a second factor given at a moment still counts for approving and paying."""
    return at - factor < FRESH

"""When a look at a file is a look of its own, and when it falls into the night."""

from datetime import datetime
from typing import Final

NIGHT_FROM: Final = 22
NIGHT_UNTIL: Final = 6
"""Hours of the city's clock between which hardly anybody has work to do on a file."""

SAME_LOOK_SECONDS: Final = 60
"""What is asked for within a minute belongs to one look: a page loads parts of itself."""


def is_night(local: datetime) -> bool:
    """Tell whether a moment of the city's clock falls into the night."""
    return local.hour >= NIGHT_FROM or local.hour < NIGHT_UNTIL

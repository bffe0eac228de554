"""Numbers that an address asks with: whatever no page has is taken as not asked."""

from typing import Final

_MOST_DIGITS: Final = 9
"""Nine fit every whole-number column and every offset."""

LARGEST_KEY: Final = 2**63 - 1
"""The last key that a table can have."""


def asked_number(text: str, *, otherwise: int) -> int:
    """Read a whole number of at most nine digits from a query; anything else is `otherwise`."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else otherwise

"""When a log-in may be tried: limits that guessing meets and that lock nobody else out.

A browser from which the person has logged in before is held by its own failures alone; whoever
guesses elsewhere, from however many addresses, cannot use it up.
"""

from dataclasses import dataclass
from datetime import timedelta

WINDOW = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)
PER_ACCOUNT_HERE = 5
"""Failures of one name from one device, or one address, in fifteen minutes."""
PER_ACCOUNT = 50
"""Failures of one name from all unknown devices together, in fifteen minutes."""
PER_ADDRESS = 20
"""Failures from one address in a minute."""
EVERYWHERE = 600
"""Failures of all names from everywhere in a minute."""


@dataclass(frozen=True, slots=True)
class Failures:
    """How many tries failed: the first three in fifteen minutes, the others in one."""

    of_account_on_device: int
    of_account_at_address: int
    of_account: int
    at_address: int
    everywhere: int
    is_device_known: bool


def may_try(failed: Failures) -> bool:
    """Tell whether one more try is looked at."""
    if failed.is_device_known:
        return failed.of_account_on_device < PER_ACCOUNT_HERE
    return (
        failed.of_account_at_address < PER_ACCOUNT_HERE
        and failed.of_account < PER_ACCOUNT
        and failed.at_address < PER_ADDRESS
        and failed.everywhere < EVERYWHERE
    )

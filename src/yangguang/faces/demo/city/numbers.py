"""Numbers that look right, pass their checks, and were never issued to anybody.

Identity numbers begin with 79, which GB/T 2260 gives to no province; cards with 999900, of a
country code (ISO 3166: 999) that no issuer has (ISO/IEC 7812); phones with 128, which no mobile
network of the country uses.
"""

from collections import defaultdict
from datetime import date
from typing import Final

from yangguang.families.registry.types import Sex
from yangguang.foundation.kernel.identity import check_digit

PROVINCE: Final = "79"
BIN: Final = "999900"
PHONE: Final = "128"


class Numbers:
    """Gives out identity numbers, each once."""

    def __init__(self) -> None:
        """Begin with none given."""
        self._given: dict[tuple[str, date, bool], int] = defaultdict(int)

    def identity(self, county: str, born: date, sex: Sex) -> str:
        """Give the next number of a county code (6), birth date and sex; the 79 replaces the 37."""
        male = sex is Sex.MALE
        serial = self._given[county, born, male]
        self._given[county, born, male] = serial + 1
        # The order of a birth year's numbers says nothing: step through all of one parity.
        odd = (serial * 67 + born.toordinal() * 31) % 499
        first17 = f"{PROVINCE}{county[2:]}{born:%Y%m%d}{2 * odd + male:03d}"
        return first17 + check_digit(first17)


def card(serial: int) -> str:
    """Give a card number of nineteen digits that passes Luhn and belongs to no bank."""
    first18 = f"{BIN}{serial * 7_919 % 1_000_000_000_000:012d}"
    total = 0
    for place, digit in enumerate(reversed(first18)):
        value = int(digit) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return f"{first18}{-total % 10}"


def phone(serial: int) -> str:
    """Give a phone number of eleven digits that no network has."""
    return f"{PHONE}{serial * 7_919 % 100_000_000:08d}"

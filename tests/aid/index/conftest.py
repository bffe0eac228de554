"""The index is tried on the real database, in the scope of the city."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.aid.index.registered import CITY
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.divisions.types import Level
from yangguang.foundation.walls.context import enter


@pytest.fixture
def city(db: None) -> Iterator[None]:
    """Act in the city, inside a transaction."""
    with transaction.atomic():
        enter(CITY)
        yield


@pytest.fixture
def places(db: None) -> list[str]:
    """Give five villages: two of one township, one of its county, one of another, one elsewhere."""
    codes = list(
        Area.objects.within("3701").filter(level=Level.VILLAGE, valid_until=None).order_by("code")
        .values_list("code", flat=True)
    )  # fmt: skip
    first = next(code for code in codes if code.startswith("370112"))
    same = next(code for code in codes if code[:9] == first[:9] and code != first)
    county = next(code for code in codes if code[:6] == first[:6] and code[:9] != first[:9])
    others = [code for code in codes if code[:6] != first[:6]]
    return [first, same, county, others[0], next(c for c in others if c[:6] != others[0][:6])]

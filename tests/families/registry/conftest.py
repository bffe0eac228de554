"""A village that the clerk acts in, and its neighbours."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from yangguang.foundation.divisions.models import Area
from yangguang.foundation.divisions.types import Level
from yangguang.foundation.walls.context import Actor, enter


def actor_at(scope: str) -> Actor:
    """Give a clerk of a scope."""
    return Actor(id=len(scope), name="经办员", role="village_clerk", scope=scope)


@pytest.fixture
def villages(db: None) -> list[str]:
    """Give four villages of 历城: two of one township, then one each of two other townships."""
    codes = list(
        Area.objects.within("370112").filter(level=Level.VILLAGE).order_by("code")
        .values_list("code", flat=True)
    )  # fmt: skip
    first = codes[0]
    same = next(code for code in codes if code[:9] == first[:9] and code != first)
    others = [code for code in codes if code[:9] != first[:9]]
    return [first, same, others[0], next(c for c in others if c[:9] != others[0][:9])]


@pytest.fixture
def village(villages: list[str]) -> str:
    """Give the first village."""
    return villages[0]


@pytest.fixture
def county(villages: list[str]) -> Iterator[Actor]:
    """Act as somebody of the county, inside a transaction."""
    actor = actor_at("370112")
    with transaction.atomic():
        enter(actor)
        yield actor

"""Households of an area that has ended live in the one that took its place."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from yangguang.families.registry.models import Household
from yangguang.foundation.audit.actions import record
from yangguang.foundation.divisions.queries import ended_areas, successor
from yangguang.foundation.walls.context import Actor


@dataclass(frozen=True, slots=True)
class Followed:
    """How many households moved along, and those that nobody can place: (old code, households)."""

    moved: int
    unplaced: tuple[tuple[str, int], ...]


@transaction.atomic
def follow_areas(scope: str, *, on: date, by: Actor, at: datetime) -> Followed:
    """Move the households of ended areas within a scope to their one successor.

    An address and a number stay as they are; all rows of a household follow it. After a split with
    several heirs only somebody who knows the village can say who lives where: those are left and
    named. Done already, nothing changes.
    """
    moved, unplaced = 0, []
    for code in ended_areas(scope, on):
        there = Household.objects.filter(area_id=code)
        count = there.count()
        heirs = successor(code, on)
        if count and len(heirs) == 1:
            there.update(area_id=heirs[0])
            moved += count
            record(
                "registry.follow_areas",
                kind="area",
                key=code,
                area_code=heirs[0],
                by=by,
                at=at,
                content={"to": heirs[0], "households": count},
            )
        elif count:
            unplaced.append((code, count))
    return Followed(moved, tuple(unplaced))

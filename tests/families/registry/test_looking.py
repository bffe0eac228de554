"""A look at a file is one row a reader and day, counted up and never down."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from tests.factories.registry import HouseholdFactory
from yangguang.families.registry.actions.looking import note_look
from yangguang.families.registry.models import Household, Look
from yangguang.families.registry.queries.looking import looks_at
from yangguang.families.registry.rules.looking import is_night
from yangguang.foundation.walls.context import Actor, enter

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
def family(county: Actor, village: str) -> Household:
    return HouseholdFactory(area_code=village, by=county)


def look(family: Household, by: Actor, at: datetime) -> None:
    note_look(family.pk, area_code=family.area_id, by=by, at=at)


def test_looks_of_a_day_are_one_row_and_a_minute_is_one_look(
    family: Household, county: Actor
) -> None:
    for seconds in (0, 3, 59, 61, 3600):
        look(family, county, MORNING + timedelta(seconds=seconds))
    look(family, county, MORNING + timedelta(days=1))
    assert list(Look.objects.order_by("on_date").values_list("count", flat=True)) == [3, 1]
    latest, first = looks_at(family.pk)
    assert (first.reader_name, first.count, first.last_at - first.first_at) == (
        "经办员", 3, timedelta(hours=1),
    )  # fmt: skip
    assert latest.on > first.on


@pytest.mark.parametrize(
    ("hour", "night"), [(0, True), (5, True), (6, False), (12, False), (21, False), (22, True)]
)
def test_the_night_is_that_of_the_city_s_clock(
    family: Household, county: Actor, hour: int, night: bool
) -> None:
    assert is_night(datetime(2026, 11, 24, hour, 59, tzinfo=UTC)) == night
    look(family, county, datetime(2026, 11, 24, hour, 59, tzinfo=UTC) - timedelta(hours=8))
    assert Look.objects.get().night_count == int(night)


def test_two_readers_are_two_rows(family: Household, county: Actor) -> None:
    look(family, county, MORNING)
    look(family, Actor(id=77, name="周岚", role="supervisor", scope="3701"), MORNING)
    assert {one.reader_name for one in looks_at(family.pk)} == {"经办员", "周岚"}


@pytest.mark.parametrize(
    "change", ["count = 0", "reader_name = '他人'", "on_date = '2026-01-01'", "first_at = now()"]
)
def test_a_look_is_not_uncounted_nor_given_to_somebody_else(
    family: Household, county: Actor, change: str
) -> None:
    look(family, county, MORNING)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE registry_look SET {change}")
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_look")


def test_another_area_does_not_see_who_looked(family: Household, county: Actor) -> None:
    look(family, county, MORNING)
    enter(Actor(id=1, name="他人", role="supervisor", scope="370102"))
    assert looks_at(family.pk) == []

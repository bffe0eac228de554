"""The list of an area's households: by number, page by page, nobody twice and nobody left out."""

from datetime import UTC, date, datetime

import pytest

from tests.factories.registry import HouseholdFactory, member
from yangguang.families.registry.actions.households import close_household
from yangguang.families.registry.models import Household
from yangguang.families.registry.queries.listing import listed
from yangguang.foundation.walls.context import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(88)]


@pytest.fixture
def five(county: Actor, villages: list[str]) -> list[Household]:
    """Register five families of one village and one of another township."""
    made = [HouseholdFactory(area_code=villages[0], by=county) for _ in range(5)]
    HouseholdFactory(area_code=villages[2], by=county)
    return made


def test_the_pages_lead_through_the_area_and_back(five: list[Household], village: str) -> None:
    numbers = sorted(one.number for one in five)
    first = listed(village, limit=2)
    assert [one.number for one in first.rows] == numbers[:2]
    assert (first.earlier, first.later) == (False, True)
    second = listed(village, after=numbers[1], limit=2)
    assert [one.number for one in second.rows] == numbers[2:4]
    assert (second.earlier, second.later) == (True, True)
    last = listed(village, after=numbers[3], limit=2)
    assert [one.number for one in last.rows] == numbers[4:]
    assert (last.earlier, last.later) == (True, False)
    back = listed(village, before=numbers[2], limit=2)
    assert [one.number for one in back.rows] == numbers[:2]
    assert (back.earlier, back.later) == (False, True)


def test_who_left_the_register_is_not_listed(
    five: list[Household], village: str, county: Actor
) -> None:
    on = date(2026, 11, 24)
    at = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
    close_household(five[0].pk, reason="全家迁往外省", on=on, by=county, at=at)
    assert five[0].pk not in {one.id for one in listed(village).rows}


def test_a_row_names_the_head_and_counts_the_members(county: Actor, village: str) -> None:
    HouseholdFactory(area_code=village, by=county, members=(member("柏玉兰"),))
    (row,) = listed(village).rows
    assert (row.head_name, row.persons) == ("柏玉兰", 1)

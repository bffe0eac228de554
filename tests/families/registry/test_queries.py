"""What screens read: in few queries, by index, and no more than the scope."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.registry import HouseholdFactory, identity, member
from tests.families.registry.conftest import actor_at
from yangguang.families.registry.actions.households import close_household
from yangguang.families.registry.queries.page import household_page, members
from yangguang.families.registry.queries.search import counts, history, search
from yangguang.families.registry.rules.refusals import NotFound
from yangguang.families.registry.types import Relation, Sex
from yangguang.foundation.walls.context import Actor, enter

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(88)]
ON = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.fixture
def gone(county: Actor, village: str):
    """Give a family that has left the register."""
    family = HouseholdFactory(area_code=village, by=county, members=(member("柏玉兰"),))
    return close_household(family.pk, reason="全家迁往外省", on=ON, by=county, at=NOON)


@pytest.fixture
def hall(county: Actor, village: str):
    """Give the family of 单秀英 with her father 单志远."""
    number = identity(date(1950, 1, 1), Sex.MALE)
    return HouseholdFactory(
        area_code=village, by=county,
        members=(
            member("单秀英"),
            member("单志远", Relation.PARENT, born=date(1950, 1, 1), sex=Sex.MALE, number=number),
        ),
    ), number  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found", "matched"),
    [
        ("单秀英", ["单秀英"], "name"),
        ("单", ["单志远", "单秀英"], "name"),
        ("sxy", ["单秀英"], "pinyin"),
        ("SZ", ["单志远"], "pinyin"),
        ("shan xiu", ["单秀英"], "pinyin"),
        ("shanzhiyuan", ["单志远"], "pinyin"),
        ("danxiuying", [], ""),
        ("秀英", [], ""),
        ("", [], ""),
    ],
)
def test_people_are_found_by_name_and_pinyin(county, hall, text, found, matched):
    hits = search(text, actor=county)
    assert {one.name for one in hits} == set(found)
    assert {one.matched for one in hits} == ({matched} if found else set())


def test_people_are_found_by_number_new_or_old_and_by_household(county, hall):
    household, number = hall
    old = number[:6] + number[8:17]
    for text in (number, f" {number} ", old):
        (hit,) = search(text, actor=county)
        assert (hit.name, hit.matched, hit.household_number) == (
            "单志远", "number", household.number)  # fmt: skip
        assert number not in hit.number_masked
    assert {one.name for one in search(household.number, actor=county)} == {"单秀英", "单志远"}


def test_nobody_is_found_beyond_the_scope(county, hall, villages):
    household, number = hall
    clerk = actor_at(villages[2])
    enter(clerk)
    for text in ("单", "sxy", number, household.number):
        assert search(text, actor=clerk) == []


def test_the_list_is_no_longer_than_asked(county, village):
    for _ in range(3):
        HouseholdFactory(area_code=village, by=county)
    assert len(search("王", actor=county, limit=2)) == 2


def test_the_page_takes_twelve_queries_whoever_lives_there(county, village):
    small = HouseholdFactory(area_code=village, by=county)
    large = HouseholdFactory(
        couple_with_child=True, flooded=True, on_dibao=True, with_card=True, area_code=village,
        by=county,
    )  # fmt: skip
    taken = []
    for household in (small, large):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            household_page(household.pk, ON)
        taken.append(len(queries))
    assert taken[0] == taken[1] <= 12


def test_a_page_outside_the_scope_is_not_found(county, hall, villages):
    enter(actor_at(villages[2]))
    with pytest.raises(NotFound, match="不在您的辖区"):
        household_page(hall[0].pk, ON)


def test_names_are_full_and_numbers_masked(county, hall):
    household, number = hall
    shown = repr(members(household.pk, ON))
    assert "单志远" in shown
    assert number not in shown


def test_the_history_tells_who_did_what(county, hall):
    (line,) = history(hall[0].pk)
    assert (line.verb, line.actor_name) == ("registry.register_household", "经办员")


def test_the_counts_are_those_of_the_area(county, villages):
    HouseholdFactory(couple_with_child=True, on_dibao=True, area_code=villages[0], by=county)
    HouseholdFactory(area_code=villages[2], by=county)
    of_county, of_village = counts("370112"), counts(villages[0])
    assert (of_county.households, of_county.persons) == (2, 4)
    assert (of_village.households, of_village.persons) == (1, 3)
    assert of_village.by_category == (("dibao", 1),)


def test_a_family_that_left_the_register_is_found_by_number_and_name(gone, county: Actor):
    for text in (gone.number, "柏玉兰", "byl"):
        (hit,) = search(text, actor=county)
        assert (hit.household_id, hit.head_name, hit.is_closed) == (gone.pk, "柏玉兰", True)

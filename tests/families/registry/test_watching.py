"""Which looks of a week ask for an explanation, and which explain themselves."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories.registry import HouseholdFactory, member
from yangguang.families.registry.actions.facts import correct_household_facts
from yangguang.families.registry.actions.looking import note_look
from yangguang.families.registry.queries.watching import looks_by, week_s_oddities
from yangguang.families.registry.rules.watching import (
    NIGHT_FILES,
    REVEALS_A_DAY,
    Looked,
    Odd,
    Reader,
    Shown,
    odd_looks,
)
from yangguang.families.registry.types import Oddity
from yangguang.foundation.walls.context import Actor, enter

DAY = date(2026, 11, 23)
ZHOU = Reader(7, "周岚", "township_reviewer")


def looked(household: int, *, day: int = 0, surname: str = "张", night: int = 0) -> Looked:
    return Looked(ZHOU, household, surname, DAY + timedelta(days=day), night)


def kinds(looks: list[Looked], *, acted: set[tuple[int, int]] = frozenset()) -> list[Oddity]:
    return [one.oddity for one in odd_looks(looks, [], acted=acted)]


def test_many_files_in_one_night_are_listed_and_one_fewer_is_not() -> None:
    many = [looked(key, night=1) for key in range(NIGHT_FILES)]
    assert odd_looks(many, [], acted=()) == [Odd(DAY, Oddity.NIGHT, ZHOU, NIGHT_FILES)]
    assert kinds(many[1:]) == []
    assert kinds([looked(key) for key in range(NIGHT_FILES)]) == []
    other_day = [*many[1:], looked(0, day=1, night=1)]
    assert kinds(other_day) == []


def test_a_family_of_one_s_own_surname_is_listed_from_the_second_day() -> None:
    assert kinds([looked(1, surname="周")]) == []
    assert kinds([looked(1, surname="周"), looked(1, day=1, surname="周")]) == [Oddity.KIN]
    assert kinds([looked(1), looked(1, day=1)]) == []
    assert kinds([looked(1, surname=""), looked(1, day=1, surname="")]) == []


def test_any_family_is_listed_from_the_third_day_unless_something_was_done_for_it() -> None:
    thrice = [looked(1, day=day) for day in range(3)]
    (found,) = odd_looks(thrice, [], acted=())
    assert (found.oddity, found.count, found.household_id) == (Oddity.IDLE, 3, 1)
    assert found.on == DAY + timedelta(days=2)
    assert kinds(thrice, acted={(ZHOU.id, 1)}) == []
    assert kinds(thrice, acted={(ZHOU.id, 2), (8, 1)}) == [Oddity.IDLE]


def test_many_reveals_of_a_day_are_listed() -> None:
    def found(count: int) -> list[Odd]:
        return odd_looks([], [Shown(ZHOU, DAY, count)], acted=())

    assert found(REVEALS_A_DAY) == [Odd(DAY, Oddity.REVEALS, ZHOU, REVEALS_A_DAY)]
    assert found(REVEALS_A_DAY - 1) == []


@pytest.mark.django_db
def test_a_week_is_read_from_the_rows_and_a_change_by_the_reader_explains_it(
    county: Actor, village: str
) -> None:
    made = [
        HouseholdFactory(
            members=(member(name, born=date(1960, 1, day)),), area_code=village, by=county
        )
        for day, name in ((1, "周建国"), (2, "张建国"), (3, "张建军"))
    ]
    reader = Actor(id=7, name="周岚", role="township_reviewer", scope=county.scope)
    for day in range(3):
        at = datetime(2026, 11, 23, 2, tzinfo=UTC) + timedelta(days=day)
        for family in made:
            note_look(family.pk, area_code=village, by=reader, at=at)
    correct_household_facts(
        made[2].pk,
        incomes=[],
        reason="入户核实",
        by=reader,
        at=datetime(2026, 11, 25, 3, tzinfo=UTC),
    )
    found = {(one.oddity, one.household_id) for one in week_s_oddities(DAY)}
    assert found == {(Oddity.KIN, made[0].pk), (Oddity.IDLE, made[1].pk)}
    assert len(looks_by(7, DAY)) == 9
    assert week_s_oddities(DAY + timedelta(days=7)) == []
    enter(Actor(id=1, name="他人", role="supervisor", scope="370102"))
    assert (week_s_oddities(DAY), looks_by(7, DAY)) == ([], [])

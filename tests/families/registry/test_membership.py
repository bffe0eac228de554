from datetime import date

import pytest

from tests.factories.registry import member
from yangguang.families.registry.rules.membership import (
    check_day,
    check_leaving,
    check_members,
    check_split,
    turned,
)
from yangguang.families.registry.rules.numbers import household_number, own_number
from yangguang.families.registry.rules.refusals import (
    HouseholdNumberTaken,
    InvalidChange,
    InvalidEntry,
    NewHeadNeeded,
)
from yangguang.families.registry.types import Relation


def test_a_household_has_exactly_one_head():
    assert check_members([member(relation=Relation.CHILD), member()]) == 1
    with pytest.raises(InvalidEntry, match="没有户主"):
        check_members([member(relation=Relation.CHILD)])
    with pytest.raises(InvalidEntry, match="2名户主"):
        check_members([member(), member()])
    with pytest.raises(InvalidEntry, match="至少要有一名"):
        check_members([])


def test_one_number_twice_in_a_household_is_refused():
    twin = member(relation=Relation.CHILD)
    with pytest.raises(InvalidEntry, match="身份证号相同"):
        check_members([member(), twin, twin])


@pytest.mark.parametrize(
    ("new_head_was", "member_was", "is_now"),
    [
        ("spouse", "head", "spouse"),
        ("spouse", "child", "child"),
        ("child", "head", "parent"),
        ("child", "spouse", "parent"),
        ("child", "child", "sibling"),
        ("child", "parent", "grandparent"),
        ("parent", "head", "child"),
        ("sibling", "head", "sibling"),
        ("grandchild", "head", "grandparent"),
        ("child", "grandchild", "other_relation"),
    ],
)
def test_relations_turn_to_the_new_head(new_head_was: str, member_was: str, is_now: str):
    assert turned(Relation(new_head_was), Relation(member_was)) == is_now


def test_a_head_who_goes_leaves_a_new_head():
    assert check_leaving([1], members=[1, 2, 3], head=1, new_head=2) == [2, 3]
    with pytest.raises(NewHeadNeeded):
        check_leaving([1], members=[1, 2, 3], head=1, new_head=None)
    with pytest.raises(NewHeadNeeded):
        check_leaving([1, 2], members=[1, 2, 3], head=1, new_head=2)


def test_the_last_member_may_go():
    assert check_leaving([1], members=[1], head=1, new_head=None) == []


def test_a_head_who_stays_needs_no_successor():
    with pytest.raises(InvalidChange, match="不需要"):
        check_leaving([2], members=[1, 2, 3], head=1, new_head=3)


def test_a_whole_family_does_not_split():
    with pytest.raises(InvalidChange, match="迁移"):
        check_split([1, 2], members=[1, 2], head_of_new=1)
    with pytest.raises(NewHeadNeeded):
        check_split([2], members=[1, 2], head_of_new=1)


def test_a_change_happens_neither_tomorrow_nor_before_its_beginning():
    check_day(date(2026, 11, 24), today=date(2026, 11, 24), since=date(2026, 11, 24))
    with pytest.raises(InvalidChange, match="还没有到"):
        check_day(date(2026, 11, 25), today=date(2026, 11, 24))
    with pytest.raises(InvalidChange, match="早于"):
        check_day(date(2026, 11, 1), today=date(2026, 11, 24), since=date(2026, 11, 2))


def test_a_household_number_is_the_county_and_a_serial():
    assert household_number("370112001002", 123) == "370112-000123"
    assert household_number("370112001002", 1_234_567) == "370112-1234567"


def test_a_roster_may_not_bring_a_number_that_the_system_will_give():
    assert own_number(" 历城-7 ") == "历城-7"
    with pytest.raises(HouseholdNumberTaken, match="系统编号"):
        own_number("370112-000123")

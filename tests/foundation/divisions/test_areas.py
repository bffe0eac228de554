"""Areas in time: renamed, split, merged, moved, and found again by their old codes."""

from datetime import date, datetime

import pytest

from yangguang.foundation.divisions import queries
from yangguang.foundation.divisions.actions import (
    merge_areas,
    open_body,
    rename_area,
    reparent_area,
    split_area,
)
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.divisions.rules.changes import AreaRefused, follow
from yangguang.foundation.divisions.types import BodyFacts, BodyKind, NewArea
from yangguang.foundation.walls.context import Actor

TOWN = "370102001000"
A, B, C = "370102001002", "370102001003", "370102001006"
DAY, LATER = date(2025, 1, 1), date(2026, 1, 1)
PAPER = "某政字2025年第1号"


def test_a_renamed_village_keeps_its_former_name_and_its_code(
    officer: Actor, now: datetime
) -> None:
    rename_area(A, name="新桥社区居民委员会", on=DAY, reference=PAPER, by=officer, at=now)
    rename_area(A, name="大桥社区居民委员会", on=LATER, reference=PAPER, by=officer, at=now)
    assert queries.names([A]) == {A: "大桥社区居民委员会"}
    assert queries.former_names(A) == [
        ("解放桥社区居民委员会", date(2023, 6, 30), DAY),
        ("新桥社区居民委员会", DAY, LATER),
    ]
    assert queries.successor(A, LATER) == [A]


def test_two_villages_merged_are_found_by_their_old_codes(officer: Actor, now: datetime) -> None:
    merged = NewArea("370102001099", "合桥社区居民委员会")
    merge_areas([A, B], into=merged, on=DAY, reference=PAPER, by=officer, at=now)
    assert queries.successor(A, LATER) == [merged.code]
    assert queries.successor(B, LATER) == [merged.code]
    assert queries.successor(A, date(2024, 1, 1)) == [A]
    ended = queries.area(A)
    assert ended is not None
    assert ended.valid_until == DAY
    assert {v.code for v in queries.children(TOWN)}.isdisjoint({A, B})


def test_a_village_can_absorb_another_and_keep_its_code(officer: Actor, now: datetime) -> None:
    into = NewArea(A, "解放桥社区居民委员会")
    merge_areas([A, B], into=into, on=DAY, reference=PAPER, by=officer, at=now)
    assert queries.successor(B, LATER) == [A]
    assert queries.successor(A, LATER) == [A]


def test_a_split_village_has_all_its_parts_as_successors(officer: Actor, now: datetime) -> None:
    parts = [NewArea(A, "解放桥社区居民委员会"), NewArea("370102001098", "东桥社区居民委员会")]
    split_area(A, parts=parts, on=DAY, reference=PAPER, by=officer, at=now)
    assert queries.successor(A, LATER) == [A, "370102001098"]
    assert [v.code for v in queries.path("370102001098")] == [
        "370000000000", "370100000000", "370102000000", TOWN, "370102001098",
    ]  # fmt: skip


def test_the_part_that_keeps_the_code_may_take_a_new_name(officer: Actor, now: datetime) -> None:
    parts = [NewArea(A, "西桥社区居民委员会"), NewArea("370102001098", "东桥社区居民委员会")]
    split_area(A, parts=parts, on=DAY, reference=PAPER, by=officer, at=now)
    assert queries.names([A]) == {A: "西桥社区居民委员会"}
    assert queries.former_names(A)[0][0] == "解放桥社区居民委员会"


def test_a_chain_of_changes_is_followed_to_the_end(officer: Actor, now: datetime) -> None:
    parts = [NewArea("370102001097", "甲社区"), NewArea("370102001098", "乙社区")]
    split_area(A, parts=parts, on=DAY, reference=PAPER, by=officer, at=now)
    into = NewArea(B, "历山路社区居民委员会")
    merge_areas(["370102001097", B], into=into, on=LATER, reference=PAPER, by=officer, at=now)
    assert queries.successor(A, DAY) == ["370102001097", "370102001098"]
    assert queries.successor(A, LATER) == ["370102001098", B]


def test_what_split_off_before_is_no_heir_of_what_joins_later() -> None:
    changes = [(DAY, "A", "A"), (DAY, "A", "D"), (LATER, "B", "A")]
    assert follow("B", changes) == ["B", "A"]


def test_a_township_moves_with_its_villages_and_their_bodies(officer: Actor, now: datetime) -> None:
    point = BodyFacts(kind=BodyKind.POINT, area_code=A, name="点", opened_date=date(2024, 1, 1))
    key = open_body(point, by=officer, at=now)
    below = len(queries.villages("370102001"))
    reparent_area(
        TOWN, parent="370103000000", new_code="370103090000", on=DAY, reference=PAPER,
        by=officer, at=now,
    )  # fmt: skip
    assert len(queries.villages("370103090")) == below
    assert queries.villages("370102001") == []
    assert queries.successor(A, LATER) == ["370103090002"]
    assert [v.name for v in queries.path("370103090002")][2:] == [
        "市中区", "解放路街道", "解放桥社区居民委员会",
    ]  # fmt: skip
    body = queries.body(key)
    assert body is not None
    assert body.facts.area_code == "370103090002"
    former = Area.objects.get(code="370103090000").former_names.get()
    assert (former.parent_code, former.valid_until) == ("370102000000", DAY)


def test_a_village_moves_under_a_township_on_its_first_day(officer: Actor, now: datetime) -> None:
    parts = [NewArea(TOWN, "解放路街道"), NewArea("370102090000", "解放东路街道")]
    split_area(TOWN, parts=parts, on=DAY, reference=PAPER, by=officer, at=now)
    reparent_area(
        A, parent="370102090000", new_code="370102090001", on=DAY, reference=PAPER,
        by=officer, at=now,
    )  # fmt: skip
    assert queries.successor(A, DAY) == ["370102090001"]


@pytest.mark.parametrize(
    ("parent", "why"),
    [("370102099000", "没有代码"), (TOWN, "已隶属于"), ("370103000000", "不在上级")],
)
def test_a_move_to_no_parent_the_same_or_a_wrong_one_is_refused(
    officer: Actor, now: datetime, parent: str, why: str
) -> None:
    with pytest.raises(AreaRefused, match=why):
        reparent_area(
            A, parent=parent, new_code="370102002099", on=DAY, reference="", by=officer, at=now
        )


def test_a_body_closes_with_its_area(officer: Actor, now: datetime) -> None:
    point = BodyFacts(kind=BodyKind.POINT, area_code=B, name="点", opened_date=date(2024, 1, 1))
    open_body(point, by=officer, at=now)
    into = NewArea(A, "解放桥社区居民委员会")
    merge_areas([A, B], into=into, on=DAY, reference=PAPER, by=officer, at=now)
    assert queries.bodies(B) == []


def test_an_unknown_code_is_refused(officer: Actor, now: datetime) -> None:
    with pytest.raises(AreaRefused, match="没有代码为370102001999"):
        rename_area("370102001999", name="甲", on=DAY, reference=PAPER, by=officer, at=now)


def test_an_ended_area_changes_no_more(officer: Actor, now: datetime) -> None:
    into = NewArea(A, "解放桥社区居民委员会")
    merge_areas([A, B], into=into, on=DAY, reference=PAPER, by=officer, at=now)
    with pytest.raises(AreaRefused, match="已于2025-01-01终止"):
        rename_area(B, name="甲", on=LATER, reference=PAPER, by=officer, at=now)


def test_a_change_before_the_area_began_is_refused(officer: Actor, now: datetime) -> None:
    with pytest.raises(AreaRefused, match="不晚于"):
        rename_area(A, name="甲", on=date(2023, 6, 30), reference=PAPER, by=officer, at=now)


def test_a_rename_before_the_last_rename_is_refused(officer: Actor, now: datetime) -> None:
    rename_area(A, name="甲", on=LATER, reference=PAPER, by=officer, at=now)
    with pytest.raises(AreaRefused, match="应晚于这一天"):
        rename_area(A, name="乙", on=DAY, reference=PAPER, by=officer, at=now)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("370102001000", "不能全为0"),
        ("370103001098", "不在上级"),
        ("37010200109", "不是12位数字"),
        (C, "已经用过"),
    ],
)
def test_a_new_code_of_the_wrong_level_prefix_or_used_is_refused(
    officer: Actor, now: datetime, code: str, why: str
) -> None:
    parts = [NewArea(A, "甲"), NewArea(code, "乙")]
    with pytest.raises(AreaRefused, match=why):
        split_area(A, parts=parts, on=DAY, reference=PAPER, by=officer, at=now)


def test_a_township_with_villages_does_not_end(officer: Actor, now: datetime) -> None:
    into = NewArea("370102099000", "新街道")
    with pytest.raises(AreaRefused, match="还有下辖区划"):
        merge_areas([TOWN, "370102002000"], into=into, on=DAY, reference="", by=officer, at=now)


def test_villages_of_two_townships_merge_only_after_one_has_moved(
    officer: Actor, now: datetime
) -> None:
    codes = [A, "370102002002"]
    with pytest.raises(AreaRefused, match="同一上级"):
        merge_areas(codes, into=NewArea(A, "甲"), on=DAY, reference="", by=officer, at=now)


@pytest.mark.parametrize(
    "text", ["解放桥社区居民委员会", "解放桥社区", " 解放桥 ", A, "解放桥居委会"]
)
def test_a_village_is_found_by_any_writing_of_its_name_or_by_its_code(db: None, text: str) -> None:
    assert queries.find_village(text, "370102").code == A


@pytest.mark.slow
def test_a_name_that_several_villages_bear_is_told_with_all_of_them(db: None) -> None:
    match = queries.find_village("张庄村", "3701")
    assert match.code is None
    assert len(match.codes) > 1


def test_a_village_outside_the_scope_is_not_found(db: None) -> None:
    assert queries.find_village(A, "370103").codes == ()


def test_the_tree_of_a_township_is_itself_and_its_villages(db: None) -> None:
    tree = queries.tree("370102001")
    assert tree[0].code == TOWN
    assert {view.parent for view in tree[1:]} == {TOWN}

"""Service centres, stations and points."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from yangguang.foundation.audit.models import Record
from yangguang.foundation.divisions import queries
from yangguang.foundation.divisions.actions import close_body, open_bodies, open_body, update_body
from yangguang.foundation.divisions.models import ServiceBody
from yangguang.foundation.divisions.rules.haves import BodyRefused
from yangguang.foundation.divisions.types import BodyFacts, BodyKind, Have
from yangguang.foundation.walls.context import Actor

DAY = date(2026, 11, 24)
STATION = BodyFacts(
    kind=BodyKind.STATION,
    area_code="370102001000",
    name="解放路街道救助服务站",
    opened_date=date(2026, 1, 1),
    office_area=Decimal(60),
    windows=3,
    staff=4,
    computers=2,
    vehicles=1,
    phone="89012345",
    rules_posted=True,
    yearly_budget_fen=5_000_000,
)
POINT = BodyFacts(
    kind=BodyKind.POINT,
    area_code="370102001002",
    name="解放桥社区救助服务点",
    opened_date=date(2026, 1, 1),
)


@pytest.mark.requirement(3)
def test_the_register_counts_bodies_by_kind_and_those_with_all_six(
    officer: Actor, now: datetime
) -> None:
    before = {count.kind: count for count in queries.body_counts("370102")}
    open_bodies([STATION, POINT], by=officer, at=now)
    after = {count.kind: count for count in queries.body_counts("370102")}
    assert after[BodyKind.STATION].open == before[BodyKind.STATION].open + 1
    assert after[BodyKind.STATION].complete == before[BodyKind.STATION].complete + 1
    assert after[BodyKind.POINT].open == before[BodyKind.POINT].open + 1
    assert after[BodyKind.POINT].complete == before[BodyKind.POINT].complete


@pytest.mark.requirement(2)
def test_the_city_office_has_the_totals_of_all_counties_and_sees_which_body_lacks_what(
    officer: Actor, now: datetime
) -> None:
    other = replace(STATION, area_code="370103002000", name="另一区的救助服务站", computers=0)
    open_bodies([STATION, other], by=officer, at=now)
    totals = {count.kind: count for count in queries.body_counts("3701")}
    assert totals[BodyKind.STATION].open == len(queries.bodies("3701", BodyKind.STATION))
    (lacking,) = queries.bodies("370103002", BodyKind.STATION)
    assert lacking.missing == (Have.COMPUTER,)
    assert queries.bodies("370103002000", BodyKind.STATION) == [lacking]


@pytest.mark.requirement(9)
def test_vehicles_and_computers_of_a_station_are_kept_and_summed(
    officer: Actor, now: datetime
) -> None:
    key = open_body(STATION, by=officer, at=now)
    update_body(key, facts=replace(STATION, vehicles=2, computers=5), by=officer, at=now)
    view = queries.body(key)
    assert view is not None
    assert (view.facts.vehicles, view.facts.computers) == (2, 5)
    (count,) = [c for c in queries.body_counts("370102001") if c.kind == BodyKind.STATION]
    assert (count.vehicles, count.computers, count.yearly_budget_fen) == (2, 5, 5_000_000)


def test_a_bare_point_is_listed_with_what_it_lacks(officer: Actor, now: datetime) -> None:
    open_body(POINT, by=officer, at=now)
    (view,) = queries.bodies("370102001002", BodyKind.POINT)
    assert view.area_name == "解放桥社区居民委员会"
    assert view.missing == tuple(Have)


def test_a_second_point_in_one_village_is_refused_and_nothing_of_the_list_stays(
    officer: Actor, now: datetime
) -> None:
    with pytest.raises(BodyRefused, match="已有同类服务机构"):
        open_bodies([STATION, POINT, POINT], by=officer, at=now)
    assert not ServiceBody.objects.filter(area=STATION.area_code).exists()


def test_the_database_holds_one_open_body_of_a_kind_in_an_area(
    officer: Actor, now: datetime
) -> None:
    open_body(POINT, by=officer, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceBody.objects.create(
            kind=POINT.kind, area_id=POINT.area_code, name="又一处", opened_date=DAY
        )


def test_a_point_opens_again_after_it_was_closed(officer: Actor, now: datetime) -> None:
    first = open_body(POINT, by=officer, at=now)
    close_body(first, on=DAY, reason="迁址", by=officer, at=now)
    second = open_body(replace(POINT, opened_date=DAY), by=officer, at=now)
    assert [view.id for view in queries.bodies(POINT.area_code)] == [second]
    with pytest.raises(BodyRefused, match="已经撤销"):
        update_body(first, facts=POINT, by=officer, at=now)


def test_a_body_is_not_closed_without_a_reason_or_before_it_opened(
    officer: Actor, now: datetime
) -> None:
    key = open_body(POINT, by=officer, at=now)
    with pytest.raises(BodyRefused, match="理由"):
        close_body(key, on=DAY, reason=" ", by=officer, at=now)
    with pytest.raises(BodyRefused, match="早于设立日期"):
        close_body(key, on=date(2025, 12, 31), reason="撤销", by=officer, at=now)


def test_a_body_does_not_change_its_kind_or_place(officer: Actor, now: datetime) -> None:
    key = open_body(POINT, by=officer, at=now)
    elsewhere = replace(POINT, area_code="370102001003")
    with pytest.raises(BodyRefused, match="不能改动"):
        update_body(key, facts=elsewhere, by=officer, at=now)


def test_an_unknown_area_holds_no_body(officer: Actor, now: datetime) -> None:
    with pytest.raises(BodyRefused, match="没有代码为370102001999"):
        open_body(replace(POINT, area_code="370102001999"), by=officer, at=now)


def test_each_verb_leaves_one_line_of_the_trail(officer: Actor, now: datetime) -> None:
    key = open_body(POINT, by=officer, at=now)
    update_body(key, facts=replace(POINT, staff=1), by=officer, at=now)
    close_body(key, on=DAY, reason="迁址", by=officer, at=now)
    trail = Record.objects.filter(object_kind="service_body", object_key=str(key)).order_by("id")
    assert list(trail.values_list("verb", "reason")) == [
        ("divisions.open_body", ""),
        ("divisions.update_body", ""),
        ("divisions.close_body", "迁址"),
    ]

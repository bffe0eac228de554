"""Versions in the database: loaded once, never changed, the closest and newest holds."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from yangguang.aid.index.rules.loading import parse, shipped
from yangguang.foundation.audit.models import Record
from yangguang.foundation.catalogue import actions, queries
from yangguang.foundation.catalogue.actions import (
    CalendarYearExists,
    PolicyExists,
    add_calendar,
    add_policy,
    load_policies,
    load_shipped_policies,
)
from yangguang.foundation.catalogue.models import Policy
from yangguang.foundation.catalogue.rules.changes import PolicyChanged, Step, step
from yangguang.foundation.catalogue.rules.choosing import MissingPolicy
from yangguang.foundation.catalogue.rules.files import POLICIES
from yangguang.foundation.kernel.calendars import CalendarError
from yangguang.foundation.kernel.workdays import MissingCalendar, add_workdays
from yangguang.foundation.walls.context import Actor, acting

ON = date(2026, 11, 24)
LICHENG, SHANGHE = "370112001001", "370126100201"
COUNTY = """kind: standard
key: dibao
area: "370126"
valid_from: 2026-07-01
title: 商河县低保标准（示例）
reference: 示例
sample: true
content:
  unit: 元/人·月
  lines:
    - {area: "370126", group: rural, monthly: 900}
"""
YEAR = """year: 2027
notices:
  - title: 国务院办公厅关于2027年部分节假日安排的通知
    number: null
holidays:
  - {name: 元旦, from: 2027-01-01, to: 2027-01-03}
workdays: []
"""


@pytest.fixture
def officer(db: None) -> Iterator[Actor]:
    with acting(Actor(id=1, name="市级管理员", role="city_officer", scope="3701")) as actor:
        yield actor


def test_loading_again_takes_nothing(db: None, now: datetime) -> None:
    assert load_shipped_policies(at=now) == 0


@pytest.mark.requirement(11)
def test_city_and_county_versions_stand_side_by_side_and_the_closest_holds(
    officer: Actor, now: datetime
) -> None:
    assert queries.standard_for(SHANGHE, "rural", ON) == 88400
    add_policy(COUNTY, source="商河.yaml", by=officer, at=now)
    assert queries.standard_for(SHANGHE, "rural", ON) == 90000
    assert queries.standard_for(SHANGHE, "urban", ON) == 111400
    assert queries.standard_for(SHANGHE, "rural", date(2026, 6, 30)) == 88400
    assert queries.standard_for("370124100201", "rural", ON) == 88400


@pytest.mark.parametrize(
    ("area", "register", "on", "fen"),
    [
        (SHANGHE, "urban", ON, 111400),
        (SHANGHE, "rural", ON, 88400),
        (LICHENG, "rural", ON, 111400),
        (LICHENG, "rural", date(2023, 12, 31), 90400),
        (SHANGHE, "rural", date(2011, 6, 14), 15000),
    ],
)
def test_the_standard_is_that_of_its_day_area_and_register(
    db: None, area: str, register: str, on: date, fen: int
) -> None:
    assert queries.standard_for(area, register, on) == fen


def test_a_day_without_a_standard_is_refused(db: None) -> None:
    with pytest.raises(MissingPolicy, match="没有2010-12-31适用于"):
        queries.standard_for(LICHENG, "rural", date(2010, 12, 31))
    with pytest.raises(MissingPolicy):
        queries.standard_for("110101001001", "urban", ON)


def test_what_the_database_holds_never_changes(db: None) -> None:
    rows = Policy.objects.filter(key="dibao", kind="standard")
    changes: list[dict[str, object]] = [
        {"content": {}},
        {"digest": "0" * 64},
        {"valid_from": date(2000, 1, 1)},
    ]
    for change in changes:
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            rows.update(**change)
    rows.filter(valid_from=date(2011, 1, 1)).update(valid_until=date(2021, 1, 1))


def test_a_file_changed_after_its_start_is_refused(db: None) -> None:
    (held, *_) = queries.policies("standard", ON)
    with pytest.raises(PolicyChanged, match="已经生效，内容不能改动"):
        step(held, replace(held, digest="0" * 64), ON)


def test_a_file_changed_before_its_start_replaces_the_version(db: None) -> None:
    (held, *_) = queries.policies("standard", ON)
    ahead = replace(held, valid_from=date(2027, 1, 1))
    assert step(ahead, replace(ahead, digest="0" * 64), ON) is Step.REPLACE
    assert step(None, ahead, ON) is Step.ADD
    assert step(held, held, ON) is Step.KEEP
    assert step(held, replace(held, valid_until=date(2027, 1, 1)), ON) is Step.END


def test_a_shipped_file_that_says_something_else_stops_the_loading(
    db: None, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(POLICIES, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "standards" / "jinan-dibao-2024.yaml"
    path.write_text(path.read_text().replace("title: ", "title: 另一个"))
    monkeypatch.setattr(actions, "POLICIES", tmp_path)
    with pytest.raises(PolicyChanged, match="2024-01-01起施行"):
        load_shipped_policies(at=now)


def _write(folder: Path, text: str) -> Path:
    (folder / "standards").mkdir(exist_ok=True)
    (folder / "standards" / "county.yaml").write_text(text)
    return folder


def test_a_file_of_a_coming_year_may_be_corrected_until_it_is_in_force(
    db: None, now: datetime, tmp_path: Path
) -> None:
    coming = COUNTY.replace("2026-07-01", "2099-01-01")
    assert load_policies(_write(tmp_path, coming), at=now) == 1
    corrected = coming.replace("monthly: 900", "monthly: 910.5")
    assert load_policies(_write(tmp_path, corrected), at=now) == 1
    assert queries.standard_for(SHANGHE, "rural", date(2099, 1, 1)) == 91050
    assert queries.standard_for(SHANGHE, "rural", ON) == 88400


def test_a_file_in_force_that_was_edited_stops_all_loading(
    db: None, now: datetime, tmp_path: Path
) -> None:
    load_policies(_write(tmp_path, COUNTY), at=now)
    (tmp_path / "standards" / "another.yaml").write_text(COUNTY.replace("370126", "370124"))
    with pytest.raises(PolicyChanged, match="请另写一个施行日期更晚的版本"):
        load_policies(_write(tmp_path, COUNTY.replace("monthly: 900", "monthly: 901")), at=now)
    assert not Policy.objects.filter(area_code="370124").exists()


def test_an_end_that_differs_from_the_file_is_set_by_loading(db: None, now: datetime) -> None:
    rows = Policy.objects.filter(kind="standard", key="dibao", valid_from=date(2011, 1, 1))
    rows.update(valid_until=date(2021, 1, 1))
    load_shipped_policies(at=now)
    assert rows.get().valid_until is None


def test_a_version_added_twice_is_refused_and_the_trail_has_one_line(
    officer: Actor, now: datetime
) -> None:
    add_policy(COUNTY, source="商河.yaml", by=officer, at=now)
    with pytest.raises(PolicyExists, match="已经有了"):
        add_policy(COUNTY, source="商河.yaml", by=officer, at=now)
    assert Record.objects.filter(verb="catalogue.add_standard").count() == 1


def test_a_year_added_by_an_administrator_counts_at_once(officer: Actor, now: datetime) -> None:
    start = date(2026, 12, 25)
    with pytest.raises(MissingCalendar):
        add_workdays(start, 10, queries.calendar())
    assert add_calendar(YEAR, source="2027.yaml", by=officer, at=now) == 2027
    assert add_workdays(start, 10, queries.calendar()) == date(2027, 1, 11)


def test_a_year_that_is_there_or_wrong_is_refused(officer: Actor, now: datetime) -> None:
    text = queries.policy_text(queries.policies("calendar")[0])
    with pytest.raises(CalendarYearExists, match="已经有了"):
        add_calendar(text, source="x.yaml", by=officer, at=now)
    wrong = YEAR.replace("workdays: []", "workdays: [{day: 2027-01-02, for: 元旦}]")
    with pytest.raises(CalendarError, match="既写为放假，又写为上班"):
        add_calendar(wrong, source="2027.yaml", by=officer, at=now)


def test_the_model_in_the_library_is_the_model_that_is_computed(db: None) -> None:
    view = queries.index_model("370100000000", ON)
    assert parse(view.text).digest == shipped().digest
    assert view.version == shipped().version


def test_an_aid_item_is_found_by_its_code_with_amount_in_fen(db: None) -> None:
    view = queries.aid_item("mz-holiday", ON)
    assert (view.name, view.item.amount, view.item.department) == ("节日慰问", 100_000, "minzheng")
    assert view.code in {item.code for item in queries.aid_items(ON)}
    with pytest.raises(MissingPolicy):
        queries.aid_item("mz-unknown", ON)


def test_limits_lines_and_cycles_are_given_in_force(db: None) -> None:
    assert queries.property_limits(ON)["margin"].vehicle_months == 144
    assert queries.area_line(ON) == 15.0
    assert queries.review_months("dibao", ON) == 6
    assert {line.group for line in queries.disposable_income(LICHENG, ON)} == {"urban", "rural"}
    with pytest.raises(MissingPolicy):
        queries.review_months("unknown", ON)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM catalogue_policy WHERE valid_from <= '2026-01-01'",
        "TRUNCATE catalogue_policy",
        "UPDATE catalogue_policy SET content = '{}'",
        "UPDATE catalogue_policy SET title = '别的'",
        "UPDATE catalogue_policy SET reference = '别的'",
        "UPDATE catalogue_policy SET area_code = '3702'",
    ],
)
@pytest.mark.parametrize("role", ["default", "owner"])
@pytest.mark.django_db(databases=["default", "owner"])
def test_a_policy_in_force_is_neither_changed_nor_taken_away(statement: str, role: str) -> None:
    with (
        pytest.raises(DatabaseError, match=r"never|permission"),
        transaction.atomic(using=role),
        connections[role].cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_serving_role_may_read_policies_without_a_scope(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM catalogue_policy")
        (count,) = cursor.fetchone()
    assert count == len(queries.policies())


def _values(row: Policy, **changed: object) -> dict[str, object]:
    names = [field.attname for field in Policy._meta.concrete_fields if field.name != "id"]
    return {name: getattr(row, name) for name in names} | changed

"""Taking a checked roster into the e-file, whole or by its clean households, in one transaction."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.db import transaction
from django.db.backends.utils import CursorWrapper

from yangguang.families.registry.actions.roster_rows import rows_to_write
from yangguang.families.registry.actions.roster_sql import (
    FAMILY_TYPES,
    HOUSEHOLDS_KEPT_OUT,
    PERSON_TYPES,
    PERSONS_KEPT_OUT,
    STATEMENTS,
)
from yangguang.families.registry.models import Household
from yangguang.families.registry.queries.roster_frames import staged_frame
from yangguang.families.registry.rules.roster.report import Report
from yangguang.foundation.audit.actions import record
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import Actor


class RosterFaulty(Refusal):
    """A roster has errors and is to be taken whole."""


class RosterOutsideScope(Refusal):
    """The actor's area does not hold the roster's."""


class RosterOvertaken(Refusal):
    """The register changed between the check and the commit, or holds what the actor cannot see."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A household that the roster recognised anew as 存量: what an aid history may open with."""

    household_id: int
    household: str
    category: str
    register_type: str
    monthly_fen: int
    started_date: date


@dataclass(frozen=True, slots=True)
class Result:
    """What a commit did, in households; `recognised` are those recognised anew."""

    created: int
    updated: int
    unchanged: int
    left_out: int
    recognised: tuple[Recognised, ...]


@transaction.atomic
def commit_roster(report: Report, *, by: Actor, at: datetime, take_clean: bool = False) -> Result:
    """Write a checked roster's new and changed households; the same roster again changes nothing.

    One error stops the whole, unless `take_clean` takes the households without one. Facts enter
    with source 名册导入 as of the day of the check. Raises RosterFaulty, RosterOutsideScope, and
    RosterOvertaken when a household changed since the check, or a person or household number stands
    outside the actor's area.
    """
    if not report.is_clean and not take_clean:
        raise RosterFaulty(
            f"名册有{len(report.errors)}处错误，未导入。请改正后重新上传，或选择只导入无误的户。"
        )
    if not by.covers(report.area_code.ljust(12, "0")) and by.scope not in _scopes(report):
        raise RosterOutsideScope("名册的区划不在您的辖区内。请由所属乡镇（街道）导入。")
    _lock(report)
    families, persons = rows_to_write(report)
    if families.height:
        _write(families, persons, on=report.on, at=at)
    result = _result(report, families)
    _record(report, result, by=by, at=at)
    return result


def _scopes(report: Report) -> set[str]:
    return {report.area_code[:digits] for digits in (2, 4, 6, 9, 12)}


def _lock(report: Report) -> None:
    """Lock the known households in one order, and refuse if one changed since the check."""
    seen = report.families.filter(pl.col("state") == "changed").select(
        "household_id", "known_version", "household"
    )
    ids = seen["household_id"].to_list()
    if not ids:
        return
    locked = Household.objects.select_for_update(no_key=True).filter(id__in=ids).order_by("id")
    versions = dict(locked.values_list("id", "facts_version"))
    for key, version, number in seen.iter_rows():
        if versions.get(key) != version:
            raise RosterOvertaken(f"户编号{number}在检查之后又有变动，未导入。请重新检查名册。")


def _write(families: pl.DataFrame, persons: pl.DataFrame, *, on: date, at: datetime) -> None:
    with (
        staged_frame("roster_family", families, FAMILY_TYPES) as cursor,
        staged_frame("roster_person", persons, PERSON_TYPES),
    ):
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for statement in STATEMENTS:
            cursor.execute(statement, {"on": on, "at": at})
        _demand_all_taken(cursor)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # Links of the trail are made at the commit, so that its chains are locked no longer.
        cursor.execute("SET CONSTRAINTS audit_linked DEFERRED")


def _demand_all_taken(cursor: CursorWrapper) -> None:
    cursor.execute(PERSONS_KEPT_OUT)
    if rows := [str(row[0]) for row in cursor.fetchall()]:
        raise RosterOvertaken(
            f"第{'、'.join(rows[:10])}行{'等' if len(rows) > 10 else ''}共{len(rows)}人"
            "已在辖区以外或刚刚由他人登记，全部未导入。请联系上级核对，或删去这些行后重新上传。"
        )
    cursor.execute(HOUSEHOLDS_KEPT_OUT)
    if numbers := [row[0] for row in cursor.fetchall()]:
        raise RosterOvertaken(
            f"户编号{'、'.join(numbers[:10])}{'等' if len(numbers) > 10 else ''}"
            f"共{len(numbers)}户已在辖区以外使用，全部未导入。请改用本地的户编号。"
        )


def _result(report: Report, families: pl.DataFrame) -> Result:
    fresh = families.filter(
        pl.col("category_code").is_not_null()
        & ((pl.col("state") == "new") | pl.col("recognition_new"))
    ).select(
        "household_id",
        "household",
        "category_code",
        "register_type_code",
        pl.col("monthly_fen").fill_null(0),
        pl.col("decided_date").fill_null(report.on),
    )
    return Result(
        created=report.count("new"),
        updated=report.count("changed"),
        unchanged=report.count("same"),
        left_out=report.count("faulty"),
        recognised=tuple(Recognised(*row) for row in fresh.iter_rows()),
    )


def _record(report: Report, result: Result, *, by: Actor, at: datetime) -> None:
    record(
        "registry.import_roster",
        kind="roster",
        key=f"{at:%Y%m%d%H%M%S}",
        area_code=report.area_code,
        by=by,
        at=at,
        content={
            "rows": report.sheet.frame.height,
            "created": result.created,
            "updated": result.updated,
            "unchanged": result.unchanged,
            "left_out": result.left_out,
        },
    )

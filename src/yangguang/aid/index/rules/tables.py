"""Turns households, as JSON lines bring them, into the five tidy frames."""

from collections.abc import Iterable
from typing import Any

import polars as pl

from yangguang.aid.index.types import Entry, Household

SCHEMAS: dict[str, dict[str, Any]] = {
    "households": {
        "household": pl.Int64,
        "number": pl.String,
        "standard": pl.Float64,
        "income": pl.Float64,
        "medical": pl.Float64,
        "education": pl.Float64,
        "rehabilitation": pl.Float64,
        "other": pl.Float64,
        "dwelling_grade": pl.String,
        "tenure": pl.String,
        "floor_area": pl.Float64,
        "area_line": pl.Float64,
        "single_parent": pl.Boolean,
        "only_child_lost": pl.Boolean,
        "property": pl.String,
        "category": pl.String,
        "accepted": pl.Int64,
    },
    "members": {
        "household": pl.Int64,
        "born": pl.Date,
        "illness": pl.String,
        "disability_kind": pl.String,
        "disability_grade": pl.Int8,
        "student": pl.String,
        "employed": pl.Boolean,
        "unable_to_work": pl.Boolean,
        "marital": pl.String,
        "unsupported_child": pl.Boolean,
    },
    "shocks": {
        "household": pl.Int64,
        "kind": pl.String,
        "date": pl.Date,
        "loss": pl.Float64,
        "main_worker_died": pl.Boolean,
    },
    "aid": {
        "household": pl.Int64,
        "aid": pl.Int64,
        "type": pl.String,
        "continuing": pl.Boolean,
        "stopped": pl.Date,
        "failed": pl.Boolean,
        "promised": pl.Float64,
        "payer": pl.String,
        "discretionary": pl.Boolean,
    },
    "payments": {"aid": pl.Int64, "date": pl.Date, "amount": pl.Float64},
}

type Rows = list[tuple[Any, ...]]


def entry(household: Household) -> Entry:
    """Wrap a household of no register: accepted never, aid from one unnamed payer."""
    payers = (("", False),) * len(household.aid)
    return Entry(household=household, accepted=0, category=None, payers=payers)


def tables(entries: Iterable[Entry]) -> dict[str, pl.DataFrame]:
    """Give the five frames, dtypes as `gather.Frames`, households keyed by their place, from 0."""
    rows: dict[str, Rows] = {name: [] for name in SCHEMAS}
    for key, item in enumerate(entries):
        rows["households"].append(_household(key, item))
        rows["members"] += _members(key, item.household)
        rows["shocks"] += [
            (key, str(shock.kind), shock.date, shock.loss, shock.main_worker_died)
            for shock in item.household.shocks
        ]
        _aid(key, item, rows["aid"], rows["payments"])
    return {
        name: pl.DataFrame(rows[name], schema=schema, orient="row")
        for name, schema in SCHEMAS.items()
    }


def _household(key: int, item: Entry) -> tuple[Any, ...]:
    """Give the row of the household itself."""
    facts, spend = item.household, item.household.spend
    return (
        key, facts.number, facts.standard, facts.income, spend.medical, spend.education,
        spend.rehabilitation, spend.other, _text(facts.dwelling_grade), str(facts.tenure),
        facts.floor_area, facts.area_line, facts.single_parent, facts.only_child_lost,
        str(facts.property), _text(facts.category or item.category), item.accepted,
    )  # fmt: skip


def _members(key: int, household: Household) -> Rows:
    """Give the rows of the members."""
    return [
        (
            key, member.born, _text(member.illness), _text(member.disability_kind),
            member.disability_grade, _text(member.student), member.employed,
            member.unable_to_work, str(member.marital), member.unsupported_child,
        )
        for member in household.members
    ]  # fmt: skip


def _aid(key: int, item: Entry, aid: Rows, payments: Rows) -> None:
    """Add the rows of the aid and its payments."""
    for given, (payer, free) in zip(item.household.aid, item.payers, strict=True):
        number = len(aid)
        aid.append(
            (
                key, number, str(given.type), given.continuing, given.stopped, given.failed,
                given.promised, payer, free,
            )
        )  # fmt: skip
        payments += [(number, day, amount) for day, amount in given.payments]


def _text(value: str | None) -> str | None:
    """Give a code as plain text."""
    return None if value is None else str(value)

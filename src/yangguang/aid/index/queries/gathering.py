"""The facts of an area, read once, as the frames and structs that the rules score."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import polars as pl
from django.db import connection

from yangguang.aid.index.queries.model import rulebooks
from yangguang.aid.index.rules.stored import COLUMNS, NOT_COMPARED, POINTS, TYPES
from yangguang.aid.index.rules.tables import SCHEMAS
from yangguang.foundation.walls.joins import joining_whole_tables

# A part is read for an area, by a range of its code, or for some households, by their ids. The
# condition stands inside each subquery, so that a single family never costs a city.
_OF_AREA = "{alias}area_code >= %(low)s AND {alias}area_code < %(high)s"
_OF_SOME = "{alias}{key} = ANY(%(ids)s::bigint[])"

_HOUSEHOLDS = """
SELECT h.id AS household, h.number,
  coalesce(i.fen, 0) / 100.0::float8 AS income,
  coalesce(s.medical, 0) / 100.0::float8 AS medical,
  coalesce(s.education, 0) / 100.0::float8 AS education,
  coalesce(s.rehabilitation, 0) / 100.0::float8 AS rehabilitation,
  coalesce(s.other, 0) / 100.0::float8 AS other,
  d.grade AS dwelling_grade, coalesce(d.tenure, 'owned') AS tenure,
  d.floor_area::float8 AS floor_area,
  coalesce(c.single_parent, false) AS single_parent,
  coalesce(c.only_child_lost, false) AS only_child_lost,
  coalesce(c.property_status, 'within') AS property, r.category,
  (extract(epoch FROM coalesce(h.accepted_at, h.registered_at)) * 1000000)::bigint AS accepted,
  h.area_code, h.register_type, h.facts_version, h.address,
  coalesce(c.reviewed_date, h.registered_at::date) AS reviewed
FROM registry_household h
LEFT JOIN registry_dwelling d ON d.household_id = h.id
LEFT JOIN registry_circumstances c ON c.household_id = h.id
LEFT JOIN (
  SELECT household_id, greatest(sum(coalesce(verified_fen, declared_fen)), 0)::float8 AS fen
  FROM registry_income f WHERE {f} GROUP BY household_id) i ON i.household_id = h.id
LEFT JOIN (
  SELECT household_id,
    (sum(amount_fen) FILTER (WHERE kind = 'medical'))::float8 AS medical,
    (sum(amount_fen) FILTER (WHERE kind = 'education'))::float8 AS education,
    (sum(amount_fen) FILTER (WHERE kind = 'rehabilitation'))::float8 AS rehabilitation,
    (sum(amount_fen) FILTER (WHERE kind = 'other'))::float8 AS other
  FROM registry_spending f WHERE {f} GROUP BY household_id) s ON s.household_id = h.id
LEFT JOIN (
  SELECT DISTINCT ON (household_id) household_id, category
  FROM registry_recognition f WHERE ended_date IS NULL AND {f}
  ORDER BY household_id, array_position(
    ARRAY['tekun', 'orphan', 'unsupported_child', 'dibao'], category::text) NULLS LAST, category
  ) r ON r.household_id = h.id
WHERE h.closed_date IS NULL AND {h} ORDER BY h.id
"""

_MEMBERS = """
SELECT m.household_id AS household, p.born_date AS born, x.illness, x.disability_kind,
  x.disability_grade, x.student, coalesce(x.employed, false) AS employed,
  coalesce(x.unable_to_work, false) AS unable_to_work, coalesce(x.marital, 'single') AS marital,
  coalesce(x.unsupported_child, false) AS unsupported_child
FROM registry_membership m JOIN registry_person p ON p.id = m.person_id
LEFT JOIN registry_personfacts x ON x.person_id = p.id
WHERE m.ended_date IS NULL AND m.is_counted AND p.born_date <= %(on)s AND {m}
ORDER BY m.household_id, m.id
"""

_SHOCKS = """
SELECT household_id AS household, kind, on_date AS date, loss_fen / 100.0::float8 AS loss,
  main_worker_died
FROM registry_shock f WHERE {f} ORDER BY household_id, id
"""

# What is promised of continuing aid in force follows from its monthly amount and the months paid in
# the last 365 days; of one-off aid, and of continuing aid that has stopped, it is what is approved
# and not yet paid.
_AID = """
SELECT e.household_id AS household, e.id AS aid, e.type, e.is_continuing AS continuing,
  e.stopped_date AS stopped, e.is_failed AS failed,
  (CASE WHEN e.is_continuing AND (e.stopped_date IS NULL OR e.stopped_date >= %(on)s)
    THEN e.monthly_fen * greatest(12 - coalesce(p.months, 0), 0)
    ELSE e.promised_fen END) / 100.0::float8 AS promised,
  e.payer, e.is_discretionary AS discretionary
FROM ledger_entry e
LEFT JOIN (
  SELECT f.entry_id, count(DISTINCT date_trunc('month', f.paid_date)) AS months
  FROM ledger_payment f {join}
  WHERE f.paid_date > %(on)s::date - 365 AND f.paid_date <= %(on)s AND {p}
  GROUP BY f.entry_id) p ON p.entry_id = e.id AND e.is_continuing
WHERE e.is_counted AND e.started_date <= %(on)s AND {e} ORDER BY e.household_id, e.id
"""

# Two years: stopped aid counts the year before it stopped, and fades for a year after.
_PAYMENTS = """
SELECT f.entry_id AS aid, f.paid_date AS date, f.amount_fen / 100.0::float8 AS amount
FROM ledger_payment f {join}
WHERE f.paid_date > %(on)s::date - 731 AND f.paid_date <= %(on)s AND {p} ORDER BY f.entry_id, f.id
"""

EXTRA = {
    "area_code": pl.String,
    "register_type": pl.String,
    "facts_version": pl.Int64,
    "address": pl.String,
    "reviewed": pl.Date,
}
"""Columns of households beside those that the rules read."""


@dataclass(frozen=True, slots=True)
class Which:
    """Whose facts are read: an area's, or some households'."""

    scope: str = ""
    ids: tuple[int, ...] = ()

    def sql(self, template: str) -> str:
        """Put the condition into a query's places, one for each table it reads."""
        join, by_entry = "", self._on("f.")
        if self.ids:
            join = "JOIN ledger_entry g ON g.id = f.entry_id"
            by_entry = "g.household_id = ANY(%(ids)s::bigint[])"
        return template.format(
            h=self._on("h.", key="id"),
            f=self._on("f."),
            m=self._on("m."),
            e=self._on("e."),
            p=by_entry,
            join=join,
        )

    def _on(self, alias: str, key: str = "household_id") -> str:
        return (_OF_SOME if self.ids else _OF_AREA).format(alias=alias, key=key)

    def values(self, on: date) -> dict[str, Any]:
        """Give what the places are filled with."""
        if self.ids:
            return {"on": on, "ids": list(self.ids)}
        return {"on": on, "low": self.scope, "high": self.scope + ":"}


def gather_frames(which: Which, on: date) -> dict[str, pl.DataFrame]:
    """Read the five frames of `rules.gather.Frames` as of a day, in five passes of COPY.

    households carries the columns of `EXTRA` too. Runs in the caller's transaction, so that its
    walls hold. Raises MissingPolicy where an area has no standard.
    """
    households = _copy(_HOUSEHOLDS, which, on, _stored_households())
    return {
        "households": with_standards(households, on),
        "members": _copy(_MEMBERS, which, on, SCHEMAS["members"]),
        "shocks": _copy(_SHOCKS, which, on, SCHEMAS["shocks"]),
        "aid": _copy(_AID, which, on, SCHEMAS["aid"]),
        "payments": _copy(_PAYMENTS, which, on, SCHEMAS["payments"]),
    }


def _stored_households() -> dict[str, Any]:
    schema = {
        name: kind
        for name, kind in SCHEMAS["households"].items()
        if name not in ("standard", "area_line")
    }
    return schema | EXTRA


def _copy(template: str, which: Which, on: date, schema: dict[str, Any]) -> pl.DataFrame:
    """Read a query as CSV by COPY, which is faster than rows of Python objects."""
    buffer = BytesIO()
    copying = f"COPY ({which.sql(template)}) TO STDOUT (FORMAT csv, NULL '\\N')"
    reading = connection.cursor() if which.ids else joining_whole_tables()
    with reading as cursor, cursor.copy(copying, which.values(on)) as copy:
        for block in copy:
            buffer.write(block)
    buffer.seek(0)
    columns = {name: _read_as(kind) for name, kind in schema.items()}
    frame = pl.read_csv(
        buffer, has_header=False, schema=columns, null_values="\\N", empty_string_is_null=False
    )
    return frame.with_columns(
        (pl.col(name) == "t").alias(name) for name, kind in schema.items() if kind == pl.Boolean
    )


def _read_as(kind: Any) -> Any:
    """PostgreSQL writes truth as t and f."""
    return pl.String if kind == pl.Boolean else kind


def with_standards(households: pl.DataFrame, on: date) -> pl.DataFrame:
    """Add `standard` and `area_line`, in the order that the rules expect."""
    books = rulebooks(households["area_code"].str.slice(0, 6).unique(), on)
    deepest = max((len(line.area) for book in books.values() for line in book.lines), default=0)
    keyed = households.with_columns(
        pl.col("area_code").str.slice(0, max(deepest, 6)).alias("place")
    )
    pairs = keyed.select("place", "register_type").unique().rows()
    found = [
        (place, kind, book.standard(place.ljust(12, "0"), kind, on), book.small)
        for place, kind in pairs
        for book in [books[place[:6]]]
    ]
    schema = {
        "place": pl.String, "register_type": pl.String, "standard": pl.Float64,
        "area_line": pl.Float64,
    }  # fmt: skip
    return keyed.join(
        pl.DataFrame(found, schema=schema, orient="row"),
        on=["place", "register_type"],
        how="left",
        maintain_order="left",
    ).select(*SCHEMAS["households"], *EXTRA)


def read_extra(which: Which, frames: dict[str, pl.DataFrame], on: date) -> pl.DataFrame:
    """Give by household what is stored beside the score and what its flags stand on.

    household Int64, area_code String, facts_version Int64, category String?, reviewed Date, members
    Int16, is_split Boolean: one address for several households of a village, or a split within
    twelve months. One query, two when asked for some households, whose neighbours are not read.
    """
    with connection.cursor() as cursor:
        cursor.execute(which.sql(_SPLITS), which.values(on))
        split = [key for (key,) in cursor.fetchall()]
        if which.ids:
            cursor.execute(_NEIGHBOURS, which.values(on))
            split += [key for (key,) in cursor.fetchall()]
    sizes = frames["members"].group_by("household").agg(pl.len().cast(pl.Int16).alias("members"))
    crowded = (pl.len().over("area_code", "address") > 1) & (pl.col("address") != "")
    return (
        frames["households"]
        .with_columns((crowded | pl.col("household").is_in(split)).alias("is_split"))
        .join(sizes, on="household", how="inner")
        .select(
            "household", "area_code", "facts_version", "category", "reviewed", "members", "is_split"
        )
    )


_SPLITS = """
SELECT DISTINCT household_id FROM registry_householdchange f
WHERE kind = 'household_split' AND on_date > %(on)s::date - 365 AND on_date <= %(on)s AND {f}
"""

_NEIGHBOURS = """
SELECT DISTINCT h.id FROM registry_household h JOIN registry_household o
  ON o.area_code = h.area_code AND o.address = h.address AND o.id <> h.id AND o.closed_date IS NULL
WHERE h.id = ANY(%(ids)s::bigint[]) AND h.address <> ''
"""


def stored_scores(which: Which, on: date, like: pl.DataFrame) -> pl.DataFrame:
    """Read the stored rows of scores, columns as in `like` but for those not compared."""
    columns = [name for name in like.columns if name in COLUMNS and name not in NOT_COMPARED]
    apart = [
        f"{array}[{place}]"
        for array, names in (("points", POINTS), ("types", TYPES))
        for place in range(1, len(names) + 1)
    ]
    query = f"SELECT {_names(columns)}, {', '.join(apart)} FROM index_score f WHERE {{f}}"
    schema = {name: like.schema[name] for name in (*columns, *POINTS, *TYPES)}
    return _copy(query, which, on, schema)


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)

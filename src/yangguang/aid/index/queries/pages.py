"""The ranking, a page at a time: an index scan at every level, never a sort of the city."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from psycopg import Cursor

from yangguang.aid.index.queries.ranks import (
    COUNTIES,
    LEVELS,
    index_of,
    position,
    position_in_type,
)
from yangguang.aid.index.rules.flags import FlagName, raised
from yangguang.aid.index.rules.stored import TYPE_DIGITS, read_type_key, type_key
from yangguang.aid.index.types import Band
from yangguang.families.registry.types import Cause, SpendingKind
from yangguang.foundation.catalogue.types import AidType

PAGE = 100
_BANDS = list(Band)
SPENDING_OF = {
    AidType.MEDICAL: SpendingKind.MEDICAL,
    AidType.EDUCATION: SpendingKind.EDUCATION,
    AidType.DISABILITY: SpendingKind.REHABILITATION,
}


class Row(NamedTuple):
    """One family of a ranking; `value` is the index of the list's type, or A.

    `order_key` is the key of its place in the list, to page on by. Amounts: `left` yuan a head and
    month, `last_fen` fen. `causes` are classes, never a disease.
    """

    household_id: int
    number: str
    head: str
    village: str
    town: str
    assistance: float
    hardship: float
    value: float
    band: Band
    members: int
    left: float
    last_payment: date | None
    last_fen: int
    causes: tuple[Cause, ...]
    flags: tuple[FlagName, ...]
    order_key: str


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order; `first` is the rank of the first, None in a list of one band or flag.

    `earlier` and `later` are the keys to page on by, empty where the list begins or ends.
    """

    rows: tuple[Row, ...]
    first: int | None
    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What narrows a list: a type of hardship, a band, a flag."""

    type: AidType | None = None
    band: Band | None = None
    flag: FlagName | None = None

    @property
    def is_ranked(self) -> bool:
        """Tell whether the list is a whole order, in which a rank has a meaning."""
        return self.band is None and self.flag is None


def page(
    scope: str, chosen: Filter = Filter(), *, after: str = "", before: str = "", limit: int = PAGE
) -> Page:
    """Give a page of an area's ranking; `scope` a prefix of 4, 6, 9 or 12 digits.

    Keyset: rows after, or before, an order key. Three queries, each by an index.
    """
    rows = _keys(scope, chosen, after=after, before=before, limit=limit + 1)
    more = len(rows) > limit
    rows = rows[:limit]
    if before:
        rows.reverse()
    shown = _details(rows)
    first = _first(scope, chosen, shown[0]) if shown and chosen.is_ranked else None
    return Page(
        rows=tuple(shown),
        first=first,
        earlier=shown[0].order_key if shown and (after or (before and more)) else "",
        later=shown[-1].order_key if shown and (before or more) else "",
    )


def _first(scope: str, chosen: Filter, row: "Row") -> int:
    if chosen.type is None:
        return position(scope, row.order_key, row.assistance)
    return position_in_type(
        scope, chosen.type, row.value, row.assistance, row.order_key[TYPE_DIGITS:]
    )


def _keys(scope: str, chosen: Filter, **page: Any) -> list[tuple[Any, ...]]:
    if chosen.type:
        statement, values = _by_type(scope, chosen, chosen.type, **page)
        # Planned for its values: one plan for any scope would read all of a city.
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
    statement, values = _by_index(scope, chosen, **page)
    with Cursor(connection.connection) as cursor:
        cursor.execute(statement, values, prepare=True)
        return cursor.fetchall()


_COLUMNS = """s.household_id, s.assistance, s.hardship, s.band, s.members, s.left,
      s.last_payment_date, s.last_payment_fen, s.flags, s.order_key"""


def _by_index(
    scope: str, chosen: Filter, *, after: str = "", before: str = "", limit: int
) -> tuple[str, dict[str, Any]]:
    """Give the query of a page by A: a scan of the level's index from the key on."""
    conditions = [f"s.{LEVELS[len(scope)]} = %(scope)s", *_narrowed(chosen)]
    if after:
        conditions.append("s.order_key > %(after)s")
    if before:
        conditions.append("s.order_key < %(before)s")
    statement = f"""
    SELECT {_COLUMNS} FROM index_score s WHERE {" AND ".join(conditions)}
    ORDER BY s.order_key {"DESC" if before else ""} LIMIT {limit:d}"""
    return statement, _values(scope, chosen) | {"after": after, "before": before}


def _by_type(
    scope: str, chosen: Filter, type: AidType, *, after: str = "", before: str = "", limit: int
) -> tuple[str, dict[str, Any]]:
    """Give the query of a page of a type: its counties' indexes scanned from the key on, merged."""
    index = index_of(type)
    conditions = ["s.county_code = c.code", f"{index} > 0", *_narrowed(chosen)]
    conditions += ["s.area_code >= %(scope)s", "s.area_code < %(scope)s || ':'"]
    if after or before:
        ahead, beyond = ("<=", ">") if after else (">=", "<")
        conditions += [
            f"({index}, s.assistance) {ahead} (%(value)s, %(a)s)",
            f"(({index}, s.assistance) <> (%(value)s, %(a)s) OR s.order_key {beyond} %(key)s)",
        ]
    order = "{1} ASC, {0}.assistance ASC, {0}.order_key DESC" if before else (
        "{1} DESC, {0}.assistance DESC, {0}.order_key"
    )  # fmt: skip
    statement = f"""
    WITH counties AS ({COUNTIES})
    SELECT x.* FROM counties c CROSS JOIN LATERAL (
      SELECT {_COLUMNS}, {index} AS value FROM index_score s
      WHERE {" AND ".join(conditions)}
      ORDER BY {order.format("s", index)} LIMIT {limit:d}) x
    ORDER BY {order.format("x", "x.value")} LIMIT {limit:d}"""
    value, assistance, key = read_type_key(after or before) if after or before else (0.0, 0.0, "")
    return statement, _values(scope, chosen) | {
        "value": value,
        "a": assistance,
        "key": key,
    }


def _narrowed(chosen: Filter) -> list[str]:
    conditions = []
    if chosen.band:
        conditions.append("s.band = %(band)s")
    if chosen.flag:
        conditions.append("s.flags & %(flag)s <> 0")
    return conditions


def _values(scope: str, chosen: Filter) -> dict[str, Any]:
    return {
        "scope": scope,
        "band": chosen.band and _BANDS.index(chosen.band) + 1,
        "flag": chosen.flag and int(chosen.flag.bit),
    }


_DETAILS = """
SELECT h.id, h.number, p.name, v.name, t.name, c.causes
FROM registry_household h
LEFT JOIN registry_person p ON p.id = h.head_id
JOIN divisions_area v ON v.code = h.area_code
LEFT JOIN divisions_area t ON t.code = v.parent_id
LEFT JOIN registry_circumstances c ON c.household_id = h.id
WHERE h.id = ANY(%s::bigint[])
"""


def _details(keys: list[tuple[Any, ...]]) -> list[Row]:
    if not keys:
        return []
    with Cursor(connection.connection) as cursor:
        cursor.execute(_DETAILS, [[key[0] for key in keys]], prepare=True)
        found = {row[0]: row for row in cursor.fetchall()}
    return [_row(key, found[key[0]]) for key in keys if key[0] in found]


def _row(key: tuple[Any, ...], detail: tuple[Any, ...]) -> Row:
    household_id, a, h, band, members, left, last, fen, flags, order_key, *of_type = key
    _, number, head, village, town, causes = detail
    return Row(
        household_id=household_id,
        number=number,
        head=head or "",
        village=village,
        town=town or "",
        assistance=a,
        hardship=h,
        value=of_type[0] if of_type else a,
        band=_BANDS[band - 1],
        members=members,
        left=left,
        last_payment=last,
        last_fen=fen,
        causes=_causes(tuple(causes or ())),
        flags=raised(flags),
        order_key=type_key(of_type[0], order_key) if of_type else order_key,
    )


@lru_cache(maxsize=1024)
def _causes(codes: tuple[str, ...]) -> tuple[Cause, ...]:
    return tuple(Cause(code) for code in codes)


def rows_of(ids: list[int]) -> dict[int, Row]:
    """Give the ranking rows of some households, by id. Two queries."""
    with Cursor(connection.connection) as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM index_score s WHERE s.household_id = ANY(%s::bigint[])",
            [ids],
            prepare=True,
        )
        keys = cursor.fetchall()
    return {row.household_id: row for row in _details(keys)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A family as a plan reads it, neediest first; `spending_fen` of the type, a year."""

    household_id: int
    number: str
    value: float
    members: int
    spending_fen: int


def ranking_for_plan(area_code: str, type: str | None) -> Iterator[Candidate]:
    """Stream the ranking of an area, by a type or by A, as far as the caller reads.

    `area_code` is a full code or a prefix. Runs in the caller's transaction.
    """
    scope, hardship = scope_of(area_code), AidType(type) if type else None
    values = {"scope": scope, "kind": _spending_of(hardship)}
    statement = (
        _RANKED_BY_TYPE.format(index=index_of(hardship))
        if hardship
        else _RANKED.format(level=LEVELS[len(scope)])
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        while rows := cursor.fetchmany(_STREAMED):
            yield from (Candidate(*row) for row in rows)


def _spending_of(hardship: AidType | None) -> str:
    return SPENDING_OF.get(hardship, "") if hardship else ""


_STREAMED = 1000
_RANKED = """
SELECT s.household_id, h.number, s.assistance, s.members, coalesce(x.amount_fen, 0)
FROM index_score s JOIN registry_household h ON h.id = s.household_id
LEFT JOIN registry_spending x ON x.household_id = s.household_id AND x.kind = %(kind)s
WHERE s.{level} = %(scope)s ORDER BY s.order_key
"""
_RANKED_BY_TYPE = f"""
SELECT s.household_id, h.number, {{index}}, s.members, coalesce(x.amount_fen, 0)
FROM index_score s JOIN registry_household h ON h.id = s.household_id
LEFT JOIN registry_spending x ON x.household_id = s.household_id AND x.kind = %(kind)s
WHERE s.county_code IN ({COUNTIES}) AND {{index}} > 0
  AND s.area_code >= %(scope)s AND s.area_code < %(scope)s || ':'
ORDER BY {{index}} DESC, s.assistance DESC, s.order_key
"""


def scope_of(area_code: str) -> str:
    """Give the prefix that a full code stands for; a prefix stays as it is.

    The level fixes the length: zeros are stripped only where a whole part of the code is zero.
    """
    if len(area_code) != 12:
        return area_code
    for digits in (4, 6, 9):
        if set(area_code[digits:]) == {"0"}:
            return area_code[:digits]
    return area_code

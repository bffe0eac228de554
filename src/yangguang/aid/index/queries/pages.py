"""The ranking, a page at a time: an index scan at every level, never a sort of the city."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from psycopg import Cursor

from yangguang.aid.index.queries.ranks import LEVELS, position, position_in_type
from yangguang.aid.index.rules.flags import FlagName, raised
from yangguang.aid.index.types import Band, Hardship
from yangguang.families.registry.types import Cause, SpendingKind

PAGE = 100
_BANDS = list(Band)
SPENDING_OF = {
    Hardship.MEDICAL: SpendingKind.MEDICAL,
    Hardship.EDUCATION: SpendingKind.EDUCATION,
    Hardship.DISABILITY: SpendingKind.REHABILITATION,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One family of a ranking; `value` is the index of the list's type, or A.

    Amounts: `left` yuan a head and month, `last_fen` fen. `causes` are classes, never a disease.
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

    type: Hardship | None = None
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
    return position_in_type(scope, chosen.type, row.order_key)


def _keys(scope: str, chosen: Filter, **page: Any) -> list[tuple[Any, ...]]:
    statement, values = _statement(scope, chosen, **page)
    with Cursor(connection.connection) as cursor:
        cursor.execute(statement, values, prepare=True)
        return cursor.fetchall()


def _statement(
    scope: str, chosen: Filter, *, after: str = "", before: str = "", limit: int
) -> tuple[str, dict[str, Any]]:
    list_ = "t" if chosen.type else "s"
    # A village's list of a type is filtered out of its township's, which has the index.
    column = "town_code" if chosen.type and len(scope) == 12 else LEVELS[len(scope)]
    tables = "index_score s"
    value = "s.assistance"
    conditions = [f"{list_}.{column} = %(within)s"]
    if chosen.type:
        tables = "index_typescore t JOIN index_score s ON s.household_id = t.household_id"
        value = "t.value"
        conditions.append("t.type = %(type)s")
        if len(scope) == 12:
            conditions.append("t.area_code = %(scope)s")
    if chosen.band:
        conditions.append("s.band = %(band)s")
    if chosen.flag:
        conditions.append("s.flags & %(flag)s <> 0")
    if after:
        conditions.append(f"{list_}.order_key > %(after)s")
    if before:
        conditions.append(f"{list_}.order_key < %(before)s")
    statement = f"""
    SELECT s.household_id, s.assistance, s.hardship, {value}, s.band, s.members, s.left,
      s.last_payment_date, s.flags, {list_}.order_key
    FROM {tables} WHERE {" AND ".join(conditions)}
    ORDER BY {list_}.order_key {"DESC" if before else ""} LIMIT %(limit)s"""
    return statement, {
        "within": scope[:9] if column == "town_code" else scope,
        "scope": scope,
        "type": chosen.type and chosen.type.value,
        "band": chosen.band and _BANDS.index(chosen.band) + 1,
        "flag": chosen.flag and int(chosen.flag.bit),
        "after": after,
        "before": before,
        "limit": limit,
    }


_DETAILS = """
SELECT h.id, h.number, p.name, v.name, t.name, coalesce(c.causes, '{}'), coalesce(paid.fen, 0)
FROM registry_household h
LEFT JOIN registry_person p ON p.id = h.head_id
JOIN divisions_area v ON v.code = h.area_code
LEFT JOIN divisions_area t ON t.code = v.parent_id
LEFT JOIN registry_circumstances c ON c.household_id = h.id
LEFT JOIN index_score s ON s.household_id = h.id
LEFT JOIN LATERAL (
  SELECT sum(f.amount_fen) AS fen FROM ledger_entry e JOIN ledger_payment f ON f.entry_id = e.id
  WHERE e.household_id = h.id AND e.is_counted AND NOT e.is_failed
    AND f.paid_date = s.last_payment_date) paid ON true
WHERE h.id = ANY(%s)
"""


def _details(keys: list[tuple[Any, ...]]) -> list[Row]:
    if not keys:
        return []
    with Cursor(connection.connection) as cursor:
        cursor.execute(_DETAILS, [[key[0] for key in keys]], prepare=True)
        found = {row[0]: row[1:] for row in cursor.fetchall()}
    return [_row(key, found[key[0]]) for key in keys if key[0] in found]


def _row(key: tuple[Any, ...], detail: tuple[Any, ...]) -> Row:
    household_id, a, h, value, band, members, left, last, flags, order_key = key
    number, head, village, town, causes, fen = detail
    return Row(
        household_id=household_id,
        number=number,
        head=head or "",
        village=village,
        town=town or "",
        assistance=a,
        hardship=h,
        value=value,
        band=_BANDS[band - 1],
        members=members,
        left=left,
        last_payment=last,
        last_fen=int(fen),
        causes=tuple(Cause(cause) for cause in causes),
        flags=tuple(raised(flags)),
        order_key=order_key,
    )


def rows_of(ids: list[int]) -> dict[int, Row]:
    """Give the ranking rows of some households, by id. Two queries."""
    with Cursor(connection.connection) as cursor:
        cursor.execute(
            """SELECT household_id, assistance, hardship, assistance, band, members, "left",
            last_payment_date, flags, order_key FROM index_score WHERE household_id = ANY(%s)""",
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
    scope = scope_of(area_code)
    hardship = Hardship(type) if type else None
    kind = SPENDING_OF.get(hardship) if hardship else None
    chosen = Filter(type=hardship)
    statement, values = _statement(scope, chosen, limit=2**31 - 1)
    ordered = "t.order_key" if hardship else "s.order_key"
    statement = statement[statement.index("FROM index") : statement.index("ORDER BY")]
    value = "t.value" if hardship else "s.assistance"
    joined = statement.replace(
        " WHERE ",
        """ JOIN registry_household h ON h.id = s.household_id
        LEFT JOIN registry_spending x ON x.household_id = s.household_id AND x.kind = %(kind)s
        WHERE """,
        1,
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"""SELECT s.household_id, h.number, {value}, s.members, coalesce(x.amount_fen, 0)
            {joined} ORDER BY {ordered}""",
            values | {"kind": kind or ""},
        )
        for row in iter(cursor.fetchone, None):
            yield Candidate(*row)


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

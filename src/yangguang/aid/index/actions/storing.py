"""Writing scores: many through side tables, a few in one statement each."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import polars as pl
from django.db import connection
from psycopg import Cursor, sql

from yangguang.aid.index.rules.stored import COLUMNS, TYPE_COLUMNS

SCORES, TYPES = "index_score", "index_typescore"

# By household, so that two writers of the same families meet in the same order.
_FORGET_TYPES = "DELETE FROM index_typescore WHERE household_id = ANY(%s)"
_FORGET_SCORES = "DELETE FROM index_score WHERE household_id = ANY(%s)"


def replace_area(scope: str, scores: pl.DataFrame, types: pl.DataFrame) -> None:
    """Put the scores of an area, frames as `rules.stored`, in the place of those that stand there.

    COPY into a guarded table is refused, so the rows come by a side table. The counters follow by
    trigger. `scope` is an area prefix.
    """
    for table, columns, frame in ((TYPES, TYPE_COLUMNS, types), (SCORES, COLUMNS, scores)):
        names = ", ".join(f'"{name}"' for name in columns)
        with connection.cursor() as cursor:
            _copy_aside(columns, frame)
            cursor.execute(
                f"DELETE FROM {table} WHERE area_code >= %s AND area_code < %s",
                [scope, scope + ":"],
            )
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM aside")
            cursor.execute("DROP TABLE aside")


def _copy_aside(columns: Mapping[str, str], frame: pl.DataFrame) -> None:
    declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    buffer = BytesIO()
    frame.select(list(columns)).write_csv(buffer, include_header=False)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE aside ({declared}) ON COMMIT DROP")
        with cursor.copy("COPY aside FROM STDIN (FORMAT csv)") as copy:
            copy.write(buffer.getbuffer())


def put_scores(rows: Sequence[Sequence[object]]) -> None:
    """Store the scores of a few households, by id, in one statement."""
    _put(SCORES, COLUMNS, rows, conflict="household_id")


def put_types(ids: Sequence[int], rows: Sequence[Sequence[object]]) -> None:
    """Store the types above zero of a few households; those that have fallen to zero go."""
    with Cursor(connection.connection) as cursor:
        cursor.execute(
            _STALE_TYPES, [list(ids), [f"{row[0]}:{row[2]}" for row in rows]], prepare=True
        )
    if rows:
        _put(TYPES, TYPE_COLUMNS, rows, conflict="household_id, type")


_STALE_TYPES = """
DELETE FROM index_typescore
WHERE household_id = ANY(%s) AND household_id || ':' || type <> ALL(%s)
"""


def forget(ids: Sequence[int]) -> None:
    """Take the scores of a few households away: closed, or without counted members."""
    with Cursor(connection.connection) as cursor:
        cursor.execute(_FORGET_TYPES, [list(ids)], prepare=True)
        cursor.execute(_FORGET_SCORES, [list(ids)], prepare=True)


def _put(
    table: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]], conflict: str
) -> None:
    """Insert or update the rows, each column as one array, so that one plan serves any number."""
    names = sql.SQL(", ").join(sql.Identifier(name) for name in columns)
    changed = sql.SQL(", ").join(
        sql.SQL("{0} = excluded.{0}").format(sql.Identifier(name)) for name in columns
    )
    lists = sql.SQL(", ").join(
        sql.SQL("%s::{}[]").format(sql.SQL("text" if kind.endswith("[]") else kind))
        for kind in columns.values()
    )
    picked = sql.SQL(", ").join(
        sql.SQL("{}::{}").format(sql.Identifier(name), sql.SQL(kind))
        for name, kind in columns.items()
    )
    statement = sql.SQL(
        "INSERT INTO {} ({}) SELECT {} FROM unnest({}) AS given ({}) "
        "ON CONFLICT ({}) DO UPDATE SET {}"
    ).format(sql.Identifier(table), names, picked, lists, names, sql.SQL(conflict), changed)
    given = [
        [_array(value) if isinstance(value, list) else value for value in column]
        for column in zip(*rows, strict=True)
    ]
    with Cursor(connection.connection) as cursor:
        cursor.execute(statement, given, prepare=True)


def _array(values: Sequence[object]) -> str:
    return "{" + ",".join(str(value) for value in values) + "}"

"""Writing scores: many through side tables, a few in one statement each."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from io import BytesIO

import polars as pl
from django.db import connection
from psycopg import Cursor

from yangguang.aid.index.queries.gathering import Which, stored_scores
from yangguang.aid.index.rules.stored import COLUMNS, changed

# One number that all writers of scores agree on ("指数" in Unicode).
_LOCK = 0x63076570
_KEY = "household_id"


def together() -> None:
    """Wait for who writes alone; then write beside the others, till the transaction ends."""
    _lock("SELECT pg_advisory_xact_lock_shared(%s)")


def alone() -> None:
    """Wait for all other writers of scores, and keep them waiting till the transaction ends."""
    _lock("SELECT pg_advisory_xact_lock(%s)")


def _lock(statement: str) -> None:
    with Cursor(connection.connection) as cursor:
        cursor.execute(statement, [_LOCK], prepare=True)


def merge(which: Which, on: date, scores: pl.DataFrame) -> None:
    """Make the stored rows of what was asked for equal to the frame (as `rules.stored`).

    What is stored is read first, and only what differs is written; a score that is the same on
    another day keeps its day. COPY into a guarded table is refused, so the rows come by a side
    table. Counters follow by trigger.
    """
    if scores.is_empty():
        _clear(which, on)
        return
    _write(scores, stored_scores(which, on, scores))


def _clear(which: Which, on: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(which.sql("DELETE FROM index_score f WHERE {f}"), which.values(on))


def _write(wanted: pl.DataFrame, kept: pl.DataFrame) -> None:
    """Delete what is gone, update what differs and insert what is new, each in one statement."""
    gone = kept.join(wanted, on=_KEY, how="anti").select(_KEY)
    # Neighbours in an index are written one after the other.
    differing = changed(wanted, kept).sort("area_code", "order_key")
    names = _names(COLUMNS)
    set_ = ", ".join(f'"{name}" = a."{name}"' for name in COLUMNS if name != _KEY)
    for statement, given, frame in (
        (
            f"DELETE FROM index_score t USING aside a WHERE t.{_KEY} = a.{_KEY}",
            {_KEY: COLUMNS[_KEY]},
            gone,
        ),
        (
            f"UPDATE index_score t SET {set_} FROM aside a WHERE t.{_KEY} = a.{_KEY}",
            COLUMNS,
            differing.join(kept, on=_KEY, how="semi"),
        ),
        (
            f"INSERT INTO index_score ({names}) SELECT {names} FROM aside",
            COLUMNS,
            differing.join(kept, on=_KEY, how="anti", maintain_order="left"),
        ),
    ):
        if frame.height:
            with connection.cursor() as cursor:
                _copy_aside(given, frame)
                cursor.execute(statement)
                cursor.execute("DROP TABLE aside")


def _copy_aside(columns: Mapping[str, str], frame: pl.DataFrame) -> None:
    declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    buffer = BytesIO()
    frame.select(list(columns)).write_csv(buffer, include_header=False)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE aside ({declared}) ON COMMIT DROP")
        with cursor.copy("COPY aside FROM STDIN (FORMAT csv)") as copy:
            copy.write(buffer.getbuffer())
        cursor.execute("ANALYZE aside")


def put_scores(rows: Sequence[Sequence[object]]) -> None:
    """Store the scores of a few households, by id, in one statement."""
    with Cursor(connection.connection) as cursor:
        cursor.execute(_put_scores(), _columns(COLUMNS, rows), prepare=True)


def forget(ids: Sequence[int]) -> None:
    """Take the scores of a few households away: closed, or without counted members."""
    with Cursor(connection.connection) as cursor:
        cursor.execute(
            "DELETE FROM index_score WHERE household_id = ANY(%s::bigint[])",
            [list(ids)],
            prepare=True,
        )


@cache
def _put_scores() -> str:
    return f"""
    INSERT INTO index_score ({_names(COLUMNS)}) {_given(COLUMNS)}
    ON CONFLICT (household_id) DO UPDATE SET {_excluded(COLUMNS)}"""


def _names(columns: Mapping[str, str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _excluded(columns: Mapping[str, str]) -> str:
    return ", ".join(f'"{name}" = excluded."{name}"' for name in columns)


def _given(columns: Mapping[str, str]) -> str:
    """Read rows out of one array a column, so that one plan serves any number of rows.

    An array of arrays would be flattened: such a column comes as text.
    """
    lists = ", ".join(
        f"%s::{'text' if kind.endswith('[]') else kind}[]" for kind in columns.values()
    )
    picked = ", ".join(f'"{name}"::{kind}' for name, kind in columns.items())
    return f"SELECT {picked} FROM unnest({lists}) AS given ({_names(columns)})"


def _columns(columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> list[list[object]]:
    turned = zip(*rows, strict=True) if rows else ([] for _ in columns)
    return [
        [_array(value) if isinstance(value, list) else value for value in column]
        for column in turned
    ]


def _array(values: Sequence[object]) -> str:
    return "{" + ",".join(map(str, values)) + "}"

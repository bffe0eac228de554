"""Many rows at once: keys reserved first, rows copied in binary past the walls, not around them.

PostgreSQL refuses COPY into a table with row-level security, so rows are copied into a temporary
table and inserted from there, where each is held against the policy as any other.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from psycopg import sql

_FEW = 200


def reserve_ids(table: str, count: int) -> list[int]:
    """Take `count` fresh keys of a table's sequence, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [key for (key,) in cursor.fetchall()]


def reserve_serials(count: int) -> list[int]:
    """Take `count` fresh serials for household numbers, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval('registry_household_serial') FROM generate_series(1, %s)", [count]
        )
        return [serial for (serial,) in cursor.fetchall()]


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Insert rows by binary COPY through a temporary table; give how many.

    Values are as psycopg writes them: str, int, bool, date, datetime, Decimal, bytes, list, None,
    JSON as `Jsonb`. Columns left out take the database's defaults. Needs a running transaction and
    a context. Raises `IntegrityError` like any INSERT, `ProgrammingError` when a row lies outside
    the context's scope.
    """
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    target, staged = sql.Identifier(table), sql.Identifier(f"staged_{table}")
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                staged, names, target
            )
        )
        types = _types(table, columns)
        copy_in = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(staged, names)
        with cursor.copy(copy_in) as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            sql.SQL("INSERT INTO {} ({}) SELECT * FROM {}").format(target, names, staged)
        )
        count = int(cursor.rowcount)
        cursor.execute(sql.SQL("DROP TABLE {}").format(staged))
    return count


def insert_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    """Insert rows in one statement when they are few, else by `copy_rows`; give how many."""
    if len(rows) > _FEW:
        return copy_rows(table, columns, rows)
    if rows:
        one = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(columns)))
        statement = sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, columns)),
            sql.SQL(", ").join([one] * len(rows)),
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [value for row in rows for value in row])
    return len(rows)


def _types(table: str, columns: Sequence[str]) -> list[str]:
    with connection.cursor() as reading:
        reading.execute(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [table],
        )
        known: dict[str, str] = dict(reading.fetchall())
    return [{"character varying": "varchar", "timestamp with time zone": "timestamptz",
             "character varying[]": "varchar[]"}.get(known[name], known[name])
            for name in columns]  # fmt: skip


def chunks[T](items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Cut a sequence into pieces of a size, for progress and steady memory."""
    for start in range(0, len(items), size):
        yield items[start : start + size]

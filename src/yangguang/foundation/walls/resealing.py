"""Sealing anew, with the current key, what older keys sealed: in batches, beside the work.

Only the tables' owner may: it says so for the transaction (`RESEALING`), and triggers that keep
rows as they are let it change sealed columns and nothing else. Which rows remain is read from the
rows themselves, so a run that was killed leaves nothing to mend.
"""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.db import connections
from django.db.backends.utils import CursorWrapper

from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import acting, system
from yangguang.foundation.walls.fields import SealedField
from yangguang.foundation.walls.sealing import HEADER, key_id_of, seal, unseal
from yangguang.foundation.walls.staging import staged

OWNER: Final = "owner"
RESEALING: Final = "yg.resealing"
_OPEN: Final = """SELECT l.virtualtransaction FROM pg_locks l
  JOIN pg_stat_activity a USING (pid)
  WHERE l.locktype = 'virtualxid' AND a.datname = current_database() AND a.usename IS NOT NULL
  AND a.pid <> pg_backend_pid()"""
# Every area code begins with a digit: together these scopes are everything.
_SCOPES: Final = "0123456789"


class StillOpen(Refusal):
    """A transaction that was open when the key changed has not ended."""


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column of sealed texts: for which place, and which column's value ends it."""

    name: str
    place: str
    key: str


@dataclass(frozen=True, slots=True)
class SealedTable:
    """A table with sealed columns, by its primary key."""

    name: str
    key: str
    columns: tuple[SealedColumn, ...]


@cache
def sealed_tables() -> tuple[SealedTable, ...]:
    """List every table with a `SealedField`, by name."""
    found = []
    for model in apps.get_models():
        columns = tuple(
            SealedColumn(str(field.column), field.place, field.key)
            for field in model._meta.local_fields
            if isinstance(field, SealedField)
        )
        if columns:
            found.append(SealedTable(model._meta.db_table, str(model._meta.pk.column), columns))
    return tuple(sorted(found, key=lambda table: table.name))


def count_by_key(table: SealedTable, column: SealedColumn) -> Counter[str]:
    """Count a column's values by the id of the key that sealed them. One query a scope."""
    counted: Counter[str] = Counter()
    for scope in _scopes(table):
        with _seeing(scope) as cursor:
            cursor.execute(
                f"SELECT substring({column.name} FROM 1 FOR {HEADER}), count(*) "
                f"FROM {table.name} WHERE octet_length({column.name}) > 0 GROUP BY 1"
            )
            for header, count in cursor.fetchall():
                counted[key_id_of(bytes(header))] += count
    return counted


def reseal(table: SealedTable, header: bytes, *, size: int) -> Iterator[int]:
    """Seal anew what does not begin with `header`, `size` rows a transaction; give rows done.

    Raises `LostKey` at the first value whose key is not in the keyring, `InvalidTag` at one that
    was moved or altered; what was done before stays done.
    """
    for scope in _scopes(table):
        last: int | None = None
        while True:
            with _seeing(scope) as cursor:
                rows = _older(cursor, table, header, after=last, size=size)
                if not rows:
                    break
                last = rows[-1][0]
                _write(cursor, table, [_resealed(table, header, row) for row in rows])
            yield len(rows)


def _scopes(table: SealedTable) -> str:
    """Give the scopes that together show a table: one, where no wall stands."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT relrowsecurity FROM pg_class WHERE oid = %s::regclass", [table.name])
        return _SCOPES if cursor.fetchone()[0] else _SCOPES[0]


@contextmanager
def _seeing(scope: str) -> Iterator[CursorWrapper]:
    with acting(system(scope), using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT set_config(%s, 'on', true)", [RESEALING])
        yield cursor


def _older(
    cursor: CursorWrapper, table: SealedTable, header: bytes, *, after: int | None, size: int
) -> list[tuple[Any, ...]]:
    """Lock and give the next rows with a value of another key: primary key, keys, values."""
    names = [c.key for c in table.columns] + [c.name for c in table.columns]
    old = " OR ".join(
        f"(octet_length({c.name}) > 0 AND substring({c.name} FROM 1 FOR {HEADER}) <> %(header)s)"
        for c in table.columns
    )
    cursor.execute(
        f"SELECT {table.key}, {', '.join(names)} FROM {table.name} "
        f"WHERE ({old}) AND (%(after)s::bigint IS NULL OR {table.key} > %(after)s) "
        f"ORDER BY {table.key} LIMIT %(size)s FOR NO KEY UPDATE",
        {"header": header, "after": after, "size": size},
    )
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _resealed(table: SealedTable, header: bytes, row: tuple[Any, ...]) -> tuple[Any, ...]:
    width = len(table.columns)
    keys, values = row[1 : 1 + width], row[1 + width :]
    return row[0], *(
        _one(bytes(value), header, f"{column.place}.{key}")
        for column, key, value in zip(table.columns, keys, values, strict=True)
    )


def _one(value: bytes, header: bytes, place: str) -> bytes:
    if value.startswith(header):
        return value
    return seal(unseal(value, place=place), place=place)


def _write(cursor: CursorWrapper, table: SealedTable, rows: list[tuple[Any, ...]]) -> None:
    names = [column.name for column in table.columns]
    columns = {"key": "bigint"} | dict.fromkeys(names, "bytea")
    with staged("resealed", columns, rows, using=OWNER) as within:
        within.execute(
            f"UPDATE {table.name} t SET {', '.join(f'{n} = r.{n}' for n in names)} "
            f"FROM resealed r WHERE t.{table.key} = r.key"
        )


def wait_for_open(*, patience: int) -> None:
    """Wait until every transaction that is open now has ended.

    One of them may hold a value sealed with the older key and write it after its row was done.
    Raises `StillOpen` after `patience` tenths of a second.
    """
    with connections[OWNER].cursor() as cursor:
        cursor.execute(_OPEN)
        waited_for = {row[0] for row in cursor.fetchall()}
        for _ in range(patience):
            if not waited_for:
                return
            time.sleep(0.1)
            cursor.execute(_OPEN)
            waited_for &= {row[0] for row in cursor.fetchall()}
    raise StillOpen(
        "新密钥已启用，但有一个数据库事务一直没有结束，不能确认旧密钥的内容已全部换完。"
        "请等正在进行的导入等任务结束后，再运行一次 yangguang keys rotate。"
    )

"""Chains as they stand in the tables, streamed."""

import struct
from collections.abc import Iterator
from typing import Final

from django.db import connection
from psycopg import sql

from yangguang.foundation.audit.models import Link
from yangguang.foundation.audit.rules.canonical import fields_in, shard_of
from yangguang.foundation.audit.types import Fields, Linked
from yangguang.foundation.walls.context import enter, system

# In COPY's binary format each field stands behind its length in four bytes: behind the link's own
# four, a row is the canonical bytes of its record, made from the columns and by no function of the
# database that somebody might have changed.
_COLUMNS: Final = """
  l.sequence, l.record_id, l.hash, l.shard, r.id::text,
  (extract(epoch FROM r.at) * 1000000)::bigint::text, r.verb, r.object_kind, r.object_key,
  r.area_code, r.actor_id::text, r.actor_name, r.actor_role, r.reason, r.ground, r.digest,
  r.before, r.after, r.root
"""
_COPY: Final = "COPY (SELECT {columns} FROM {rows}) TO STDOUT (FORMAT binary)"
_ALL: Final = sql.SQL(
    _COPY.format(
        columns=_COLUMNS,
        rows="""(SELECT * FROM audit_link WHERE shard >= {low} AND shard < {high}) AS l
        FULL JOIN audit_record r ON r.id = l.record_id""",
    )
)
_OF_SHARD: Final = sql.SQL(
    _COPY.format(
        columns=_COLUMNS,
        rows="""audit_link l LEFT JOIN audit_record r ON r.id = l.record_id
        WHERE l.shard = {shard} ORDER BY l.sequence""",
    )
)
_SIGNATURE: Final = b"PGCOPY\n\xff\r\n\0"
_HEADER: Final = len(_SIGNATURE) + 8
_LINK: Final = struct.Struct(">hiqiqi")
_ABSENT: Final = b"\xff\xff\xff\xff"
_UNLINKED: Final = slice(2 + 4 * 4, None)
_AREA: Final = Fields._fields.index("area_code")

# Both tables are read in the order of the records' keys, which is nearly that of every chain: three
# times as fast as one chain after another.
_MERGED: Final = """
SET LOCAL enable_hashjoin = off; SET LOCAL enable_nestloop = off; SET LOCAL enable_sort = off;
SET LOCAL max_parallel_workers_per_gather = 0;
"""
_IN_ORDER: Final = """
SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_sort = off;
SET LOCAL enable_nestloop = on;
"""


def linked_shards() -> list[str]:
    """Name the shards of which there are links, in order. One query."""
    return list(Link.objects.values_list("shard", flat=True).distinct().order_by("shard"))


def all_links() -> Iterator[tuple[str, Linked | None, int]]:
    """Stream every link under its shard, nearly in order; a record without one as None and its key.

    Needs a transaction, whose scope it sets. A query per first digit of an area, and another for
    those of which there is something.
    """
    for digit in filter(_holds, "0123456789"):
        query = _ALL.format(low=sql.Literal(digit), high=sql.Literal(f"{digit}:"))
        yield from _stream(query, _MERGED, scope=digit)


def _holds(digit: str) -> bool:
    """Tell whether there are links or records of areas that begin with a digit."""
    enter(system(digit))
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT EXISTS (SELECT FROM audit_record)
            OR EXISTS (SELECT FROM audit_link WHERE shard >= %s AND shard < %s)""",
            [digit, f"{digit}:"],
        )
        (holds,) = cursor.fetchone() or (False,)
        return bool(holds)


def links_of(shard: str) -> Iterator[Linked]:
    """Stream a shard's links in order, each with its record's canonical bytes. One query.

    Needs a transaction, whose scope it sets to all areas that begin with the shard's first digit.
    """
    query = _OF_SHARD.format(shard=sql.Literal(shard))
    for _, link, _ in _stream(query, _IN_ORDER, scope=shard[:1]):
        if link:
            yield link


def _stream(
    query: sql.Composed, settings: str, *, scope: str
) -> Iterator[tuple[str, Linked | None, int]]:
    enter(system(scope))
    unpack, size = _LINK.unpack_from, _LINK.size
    with connection.cursor() as cursor:
        cursor.execute(settings)
        # PostgreSQL sends each row as a message of its own, the first behind the header.
        with cursor.copy(query) as copy:
            for message in copy:
                row = bytes(message)
                if row.startswith(_SIGNATURE):
                    row = row[_HEADER:]
                if len(row) < size:
                    continue
                if row.startswith(_ABSENT, 2):
                    yield _unlinked(row[_UNLINKED])
                    continue
                _, _, sequence, _, record_id, length = unpack(row)
                shard_at = size + length + 4
                end = shard_at + row[shard_at - 1]
                canonical = None if row.startswith(_ABSENT, end) else row[end:]
                link = Linked(sequence, record_id, row[size : size + length], canonical)
                yield row[shard_at:end].decode(), link, record_id


def _unlinked(record: bytes) -> tuple[str, None, int]:
    fields = fields_in(record)
    return shard_of(fields[_AREA]), None, int(fields[0])

"""Chains as they stand in the tables, streamed shard by shard."""

import struct
from collections.abc import Iterator
from typing import Final

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from yangguang.foundation.audit.models import Link
from yangguang.foundation.audit.types import Linked
from yangguang.foundation.walls.context import enter, system

# In COPY's binary format each field stands behind its length in four bytes: behind the link's own
# three, a row is the canonical bytes of its record, made from the columns and by no function of the
# database that somebody might have changed.
_ROWS: Final = sql.SQL("""
COPY (
  SELECT l.sequence, l.record_id, l.hash, r.id::text,
    (extract(epoch FROM r.at) * 1000000)::bigint::text, r.verb, r.object_kind, r.object_key,
    r.area_code, r.actor_id::text, r.actor_name, r.actor_role, r.reason, r.ground, r.digest,
    r.before, r.after, r.root
  FROM audit_link l LEFT JOIN audit_record r ON r.id = l.record_id
  WHERE l.shard = {shard} ORDER BY l.sequence
) TO STDOUT (FORMAT binary)
""")
_SIGNATURE: Final = b"PGCOPY\n\xff\r\n\0"
_HEADER: Final = len(_SIGNATURE) + 8
_LINK: Final = struct.Struct(">hiqiqi")
_ABSENT: Final = b"\xff\xff\xff\xff"

# A walk in the order of the chain shows its first row at once and sorts nothing.
_IN_ORDER: Final = """
SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_sort = off;
"""
_UNLINKED: Final = """
SELECT audit_shard_of(r.area_code), r.id FROM audit_record r
WHERE NOT EXISTS (SELECT FROM audit_link l WHERE l.record_id = r.id) ORDER BY 1, 2
"""


def linked_shards() -> set[str]:
    """Name the shards of which there are links. One query."""
    return set(Link.objects.values_list("shard", flat=True).distinct())


def links_of(shard: str) -> Iterator[Linked]:
    """Stream a shard's links in order, each with its record's canonical bytes. One query.

    Needs a transaction, whose scope it sets to all areas that begin with the shard's first digit.
    """
    enter(system(shard[:1]))
    with connection.cursor() as cursor:
        cursor.execute(_IN_ORDER)
        yield from _read(cursor, shard)


def unlinked() -> Iterator[tuple[str, int]]:
    """Give shard and key of each record without a link. Ten queries, one per first digit.

    Needs a transaction, whose scope it sets.
    """
    with connection.cursor() as cursor:
        for digit in "0123456789":
            enter(system(digit))
            cursor.execute(_UNLINKED)
            yield from cursor.fetchall()


def _read(cursor: CursorWrapper, shard: str) -> Iterator[Linked]:
    unpack, size = _LINK.unpack_from, _LINK.size
    with cursor.copy(_ROWS.format(shard=sql.Literal(shard))) as copy:
        # PostgreSQL sends each row as a message of its own, the first behind the header.
        for message in copy:
            row = bytes(message)
            if row.startswith(_SIGNATURE):
                row = row[_HEADER:]
            if len(row) < size:
                continue
            _, _, sequence, _, record_id, length = unpack(row)
            end = size + max(length, 0)
            canonical = row[end:]
            yield Linked(
                sequence,
                record_id,
                row[size:end],
                None if canonical.startswith(_ABSENT) else canonical,
            )

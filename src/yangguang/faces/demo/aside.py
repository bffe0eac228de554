"""Many rows into guarded tables at once: keys, triggers and walls laid aside for one transaction.

A city of two million rows is checked as a whole instead of row by row: foreign keys and indexes are
dropped, written into, and made again exactly as they were, by the owner, in one transaction. Nobody
can see or write the tables meanwhile; whatever fails leaves everything as it stood before.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

OWNER = "owner"

# Foreign keys first, then what they lean on; what leans on a table from outside stays.
_CONSTRAINTS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(c.oid)
FROM pg_constraint c
WHERE conrelid = ANY(%(tables)s::regclass[]) AND (contype = 'f' OR contype = 'u' AND NOT EXISTS (
  SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = c.conindid
  AND f.conrelid <> ALL(%(tables)s::regclass[])))
ORDER BY contype = 'u', conname
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i
WHERE indrelid = ANY(%(tables)s::regclass[]) AND NOT EXISTS (
  SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
ORDER BY 1
"""


@contextmanager
def laid_aside(tables: Sequence[str]) -> Iterator[CursorWrapper]:
    """Give the owner's cursor over tables without keys, triggers and walls; all stand again after.

    Table names are from code. Raises `IntegrityError` at the end when a row breaks a key; then
    nothing was written.
    """
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        names = ", ".join(tables)
        cursor.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
        constraints = _read(cursor, _CONSTRAINTS, tables)
        indexes = _read(cursor, _INDEXES, tables)
        for table, name, _ in constraints:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY")
        yield cursor
        cursor.execute(f"ANALYZE {names}")
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in reversed(constraints):
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER, FORCE ROW LEVEL SECURITY")


def _read(cursor: CursorWrapper, query: str, tables: Sequence[str]) -> list[tuple[str, ...]]:
    cursor.execute(query, {"tables": list(tables)})
    return list(cursor.fetchall())

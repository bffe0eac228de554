"""Reading whole areas before the statistics know of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.backends.utils import CursorWrapper


@contextmanager
def joining_whole_tables(*, using: str = "default") -> Iterator[CursorWrapper]:
    """Give a cursor that joins by hash or merge until the block ends.

    Right after a roster or an approval the statistics do not know of the new rows: with nested
    loops, chosen for the one row they expect, a city takes minutes instead of a second. Needs a
    running transaction, with which the setting would vanish as well.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield cursor
        cursor.execute("SET LOCAL enable_nestloop = on")

"""Many rows into a guarded table: by a temporary one, since COPY past a wall is refused."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connections
from django.db.backends.utils import CursorWrapper


@contextmanager
def staged(
    name: str,
    columns: Mapping[str, str],
    rows: Iterable[Sequence[object]],
    *,
    using: str = "default",
) -> Iterator[CursorWrapper]:
    """Give a cursor that sees `rows` as the temporary table `name` until the block ends.

    `columns` maps each column to its SQL type, in the order of the rows; both are names from code,
    never from people. Needs a running transaction, with which the table would vanish as well.
    """
    declared = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    with connections[using].cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {name} ({declared}) ON COMMIT DROP")
        with cursor.copy(f"COPY {name} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"ANALYZE {name}")
        yield cursor
        cursor.execute(f"DROP TABLE {name}")

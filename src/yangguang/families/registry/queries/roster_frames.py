"""Frames as temporary tables: written as CSV in one piece, for COPY past a wall is refused."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import polars as pl
from django.db import connection
from django.db.backends.utils import CursorWrapper


@contextmanager
def staged_frame(
    name: str, frame: pl.DataFrame, types: Mapping[str, str]
) -> Iterator[CursorWrapper]:
    """Give a cursor that sees the columns of `frame` in `types` as the temporary table `name`.

    `types` maps a column to its SQL type; binary columns become bytea. Needs a running transaction.
    """
    declared = ", ".join(f"{column} {kind}" for column, kind in types.items())
    hexed = [
        pl.format("\\x{}", pl.col(column).bin.encode("hex"))
        if frame.schema[column] == pl.Binary
        else pl.col(column)
        for column in types
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {name} ({declared}) ON COMMIT DROP")
        with cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv)") as copy:
            copy.write(frame.select(hexed).write_csv(include_header=False).encode())
        cursor.execute(f"ANALYZE {name}")
        yield cursor
        cursor.execute(f"DROP TABLE {name}")

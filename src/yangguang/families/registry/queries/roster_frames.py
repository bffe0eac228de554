"""Frames as temporary tables: written as CSV in one piece, for COPY past a wall is refused."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import polars as pl
from django.db import connection
from django.db.backends.utils import CursorWrapper

_CHUNK: Final = 20_000


@contextmanager
def staged_frame(
    name: str, frame: pl.DataFrame, types: Mapping[str, str]
) -> Iterator[CursorWrapper]:
    """Give a cursor that sees the columns of `frame` in `types` as the temporary table `name`.

    `types` maps a column to its SQL type; binary columns become bytea. Needs a running transaction.
    """
    declared = ", ".join(f"{column} {kind}" for column, kind in types.items())
    hexed = [_as_text(frame, column) for column in types]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {name} ({declared}) ON COMMIT DROP")
        with cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv)") as copy:
            for rows in frame.iter_slices(_CHUNK):
                copy.write(rows.select(hexed).write_csv(include_header=False))
        cursor.execute(f"ANALYZE {name}")
        yield cursor
        cursor.execute(f"DROP TABLE {name}")


def _as_text(frame: pl.DataFrame, column: str) -> pl.Expr:
    """Write a column as COPY reads it: binary in hexadecimal, the rest as it is."""
    if frame.schema[column] == pl.Binary:
        return pl.format("\\x{}", pl.col(column).bin.encode("hex"))
    return pl.col(column)

"""Counts what really goes to PostgreSQL, prepared or not, through Django or beside it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# Opening and closing of transactions asks for no rows.
FRAMING = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@contextmanager
def asked() -> Iterator[list[str]]:
    """List the statements sent while the block runs, as libpq's own trace tells them.

    A statement that is prepared by its name stands as EXECUTE.
    """
    connection.ensure_connection()
    wire = connection.connection.pgconn
    sent: list[str] = []
    with tempfile.TemporaryFile() as file:
        wire.trace(file.fileno())
        try:
            yield sent
        finally:
            wire.untrace()
            file.seek(0)
            sent += _statements(file.read().decode(errors="replace"))


def _statements(trace: str) -> list[str]:
    found = []
    for line in trace.splitlines():
        parts = line.split("\t")
        if len(parts) < 4 or parts[1] != "F":
            continue
        kind, rest = parts[3], parts[4] if len(parts) > 4 else ""
        if kind == "Query" and not rest.strip(' "').startswith(FRAMING):
            found.append(rest.strip())
        elif kind == "Execute":
            found.append("EXECUTE")
    return found

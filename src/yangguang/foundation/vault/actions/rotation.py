"""Turning the data key online: a new key seals from now on, and older values follow it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.db import connections, transaction

from yangguang.foundation.audit.actions import record
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import Actor
from yangguang.foundation.walls.keyring import DataKey, add_key, note_rotated, read_ring
from yangguang.foundation.walls.resealing import (
    OWNER,
    SealedTable,
    count_by_key,
    reseal,
    sealed_tables,
    wait_for_open,
)
from yangguang.foundation.walls.sealing import header_of

BATCH: Final = 2_000
_LOCK: Final = 20260930
_PATIENCE: Final = 600


class RotationRuns(Refusal):
    """Another process turns the key now."""


@contextmanager
def alone() -> Iterator[None]:
    """Hold off every other rotation until the block ends. Raises `RotationRuns`."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise RotationRuns("另一个密钥轮换正在进行。请等它结束；状态见 yangguang keys status。")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


@transaction.atomic
def begin_rotation(*, algorithm: str, area_code: str, by: Actor, at: datetime) -> DataKey:
    """Make a data key that seals from now on; one cut short goes on with the key it made.

    Raises `UnknownCipher`.
    """
    ring = read_ring()
    if not ring.is_rotating:
        ring = add_key(algorithm=algorithm, at=at)
        _note("begin_rotation", ring.key(ring.current), area_code, by=by, at=at)
    return ring.key(ring.current)


def remaining(key: DataKey) -> dict[SealedTable, int]:
    """Count the values of each table that other keys have sealed."""
    return {
        table: sum(
            count
            for column in table.columns
            for key_id, count in count_by_key(table, column).items()
            if key_id != key.id
        )
        for table in sealed_tables()
    }


def reseal_all(key: DataKey, *, size: int = BATCH) -> Iterator[tuple[SealedTable, int]]:
    """Seal anew all that other keys sealed, until nothing is left; give table and rows done.

    Readers meanwhile open both. A transaction that read the older value may write it back: so all
    that are open are awaited, and the tables looked through again. Raises `LostKey`, `InvalidTag`,
    and `StillOpen` when a transaction does not end within a minute.
    """
    header = header_of(key)
    while True:
        wait_for_open(patience=_PATIENCE)
        done = 0
        for table in sealed_tables():
            for rows in reseal(table, header, size=size):
                done += rows
                yield table, rows
        if not done:
            return


@transaction.atomic
def end_rotation(key: DataKey, *, rows: int, area_code: str, by: Actor, at: datetime) -> None:
    """Record that every sealed value stands under a key; the older keys stay for old back-ups."""
    _note("end_rotation", key, area_code, by=by, at=at, rows=rows)
    note_rotated(key.id)


def _note(
    verb: str, key: DataKey, area_code: str, *, by: Actor, at: datetime, rows: int = 0
) -> None:
    record(
        f"vault.{verb}",
        kind="data_key",
        key=key.id,
        area_code=area_code,
        by=by,
        at=at,
        content={"key": key.id, "algorithm": key.algorithm, "rows": rows},
    )

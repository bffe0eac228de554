"""Writes the made families into the e-file and the ledger, whole or not at all."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date
from multiprocessing import get_context
from typing import Final

from django.db.backends.utils import CursorWrapper

from yangguang.faces.demo.aside import laid_aside
from yangguang.faces.demo.city.making import RatesBy, Share
from yangguang.faces.demo.city.types import Place
from yangguang.faces.demo.lines import PAID_ONCE, Work, lines_of
from yangguang.families.registry.actions.rows import COLUMNS

# Below this size two more processes take longer to start than they save.
_APART_FROM: Final = 6_000
_PROCESSES: Final = 2
_WITHOUT_KEY: Final = ("registry_supporter", "registry_bankaccount")
_ENTRY: Final = (
    "household_id", "area_code", "item_code", "type", "kind", "payer", "is_discretionary",
    "is_counted", "is_continuing", "monthly_fen", "promised_fen", "started_date", "is_failed",
    "origin", "reference",
)  # fmt: skip
_TABLES: Final = (*COLUMNS, "registry_mark", "ledger_entry", "ledger_payment")

# Continuing aid is paid on the tenth of each month after the deciding month; a year of it counts.
_PAY = """
INSERT INTO ledger_payment (entry_id, area_code, paid_date, amount_fen, reference)
SELECT e.id, e.area_code, m.paid, e.monthly_fen, e.reference || to_char(m.paid, '"-"YYYYMM')
FROM ledger_entry e CROSS JOIN LATERAL (
  SELECT month::date + 9 AS paid FROM generate_series(
    date_trunc('month', greatest(e.started_date, %(on)s::date - interval '14 months')
      + interval '1 month'),
    %(on)s::date, interval '1 month') AS month) m
WHERE e.is_continuing AND m.paid > %(on)s::date - 365 AND m.paid <= %(on)s
UNION ALL
SELECT e.id, e.area_code, p.paid_date, p.amount_fen, p.reference
FROM made_payment p JOIN ledger_entry e USING (reference)
"""


def write(
    shares: Sequence[Share], within: Sequence[Place], rates: RatesBy, *, seed: int, on: date
) -> Iterator[int]:
    """Write the shares in one transaction of the owner; give how many households after each.

    Give 0 before the last part: keys, indexes and walls stand again.
    """
    with laid_aside(_TABLES) as cursor:
        households, persons = (
            _next_key(cursor, table) for table in ("registry_household", "registry_person")
        )
        cursor.execute(
            f"CREATE TEMP TABLE {PAID_ONCE} (reference text, paid_date date, amount_fen bigint) "
            "ON COMMIT DROP"
        )
        works = [Work(share, within, rates, seed, on, households, persons) for share in shares]
        with _made(works) as made:
            for count, lines in made:
                for table, data in lines.items():
                    _copy(cursor, table, data)
                yield count
        cursor.execute(_PAY, {"on": on})
        cursor.execute("INSERT INTO registry_mark SELECT id, area_code FROM registry_household")
        for table in ("registry_household", "registry_person"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            )
        yield 0


@contextmanager
def _made(works: Sequence[Work]) -> Iterator[Iterator[tuple[int, dict[str, bytes]]]]:
    """Make the shares here, or in processes of their own where that is faster."""
    if sum(len(work.share.sizes) for work in works) < _APART_FROM:
        yield map(lines_of, works)
        return
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn")) as pool:
        yield pool.map(lines_of, works)


def _copy(cursor: CursorWrapper, table: str, data: bytes) -> None:
    if not data:
        return
    columns = {PAID_ONCE: ("reference", "paid_date", "amount_fen"), "ledger_entry": _ENTRY}.get(
        table
    ) or COLUMNS[table][table in _WITHOUT_KEY :]
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        copy.write(data)


def _next_key(cursor: CursorWrapper, table: str) -> int:
    cursor.execute(f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))")
    (key,) = cursor.fetchone() or (1,)
    return int(key)

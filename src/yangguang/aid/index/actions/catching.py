"""Rescoring what a transaction has changed, before it commits."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction
from psycopg import Cursor

from yangguang.aid.index.actions.scoring import scored
from yangguang.aid.index.actions.storing import alone, forget, merge, put_scores, together
from yangguang.aid.index.queries.entries import Registered, gather_entries
from yangguang.aid.index.queries.gathering import Which
from yangguang.aid.index.rules.household import stand
from yangguang.aid.index.rules.stored import flags_for, last_fen, score_row

# A mark that another transaction holds is left to it: it will score the family itself.
_TAKE = """
DELETE FROM registry_mark WHERE household_id IN (
  SELECT household_id FROM registry_mark ORDER BY household_id FOR UPDATE SKIP LOCKED)
RETURNING household_id
"""
_STORED = "SELECT count(*) FROM index_score WHERE household_id = ANY(%s::bigint[])"

# From here on a frame's set-up is cheaper than a loop.
MANY = 200


@transaction.atomic
def catch_up(*, on: date, at: datetime) -> int:
    """Rescore every marked household in sight, and give how many there were.

    Called last, by the edge that opened the transaction; readers never write. Whoever holds a
    household's mark alone writes its score. Scores are written by household, the counters last, and
    what must touch counters twice waits to be alone: so writers wait for each other, never in a
    circle. Raises MissingPolicy where a standard or the model is missing.
    """
    with Cursor(connection.connection) as cursor:
        cursor.execute(_TAKE, prepare=True)
        ids = sorted(key for (key,) in cursor.fetchall())
    if len(ids) > MANY:
        _rescore_many(ids, on)
    elif ids:
        _rescore_few(ids, on)
    return len(ids)


def _rescore_many(ids: Sequence[int], on: date) -> None:
    which = Which(ids=tuple(ids))
    scores = scored(which, on)
    alone()
    merge(which, on, scores)


def _rescore_few(ids: Sequence[int], on: date) -> None:
    """Score by the plain rules and store in one statement."""
    found = gather_entries(ids, on)
    gone = sorted(set(ids) - {one.household_id for one in found})
    scores = [_row(one, on) for one in found]
    if _is_of_one_kind(ids, gone):
        together()
    else:
        alone()
    if gone:
        forget(gone)
    if scores:
        put_scores(scores)


def _is_of_one_kind(ids: Sequence[int], gone: Sequence[int]) -> bool:
    """Tell whether the counters are touched in one statement: only new, only known or only gone."""
    if len(ids) == 1 or len(gone) == len(ids):
        return True
    if gone:
        return False
    with Cursor(connection.connection) as cursor:
        row = cursor.execute(_STORED, [list(ids)], prepare=True).fetchone()
    return row is not None and row[0] in (0, len(ids))


def _row(one: Registered, on: date) -> tuple[object, ...]:
    model, cycles = one.book.model, one.book.cycles
    standing = stand(one.entry, on, model)
    flags = flags_for(
        standing,
        reviewed=one.reviewed,
        months=cycles.get(one.category, cycles[""]),
        is_split=one.is_split,
        on=on,
    )
    return score_row(
        one.household_id,
        one.area_code,
        standing,
        members=len(one.entry.household.members),
        last_fen=last_fen(one.entry.household.aid, standing.last_payment),
        flags=flags,
        model_version=model.version,
        facts_version=one.facts_version,
        on=on,
    )

"""Rescoring what a transaction has changed, before it commits."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction
from psycopg import Cursor

from yangguang.aid.index.actions.storing import forget, put_scores, put_types
from yangguang.aid.index.queries.entries import Registered, gather_entries
from yangguang.aid.index.queries.model import cycles_for, model_for
from yangguang.aid.index.rules.household import stand
from yangguang.aid.index.rules.model import Model
from yangguang.aid.index.rules.stored import flags_for, score_row, type_rows

# A mark that another transaction is taking up is left to it.
_TAKE = """
DELETE FROM registry_mark WHERE household_id IN (
  SELECT household_id FROM registry_mark ORDER BY household_id LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING household_id
"""
CHUNK = 500


@transaction.atomic
def catch_up(*, on: date, at: datetime) -> int:
    """Rescore every marked household in sight, and give how many there were.

    Called by the edge that opened the transaction; readers never write. Locks are taken in one
    order, marks and scores by household and the counters last, so that writers wait for each other
    and never in a circle. Raises MissingPolicy where a standard or the model is missing.
    """
    done = 0
    while ids := _take():
        rescore(ids, on=on, at=at)
        done += len(ids)
    return done


def _take() -> list[int]:
    with Cursor(connection.connection) as cursor:
        cursor.execute(_TAKE, [CHUNK], prepare=True)
        return sorted(key for (key,) in cursor.fetchall())


@transaction.atomic
def rescore(ids: Sequence[int], *, on: date, at: datetime) -> None:
    """Score some households as of a day by the plain rules and store the result."""
    found = gather_entries(ids, on)
    gone = sorted(set(ids) - {one.household_id for one in found})
    if gone:
        forget(gone)
    if not found:
        return
    model = model_for(found[0].area_code, on)
    cycles = cycles_for(found[0].area_code, on)
    scores: list[tuple[object, ...]] = []
    types: list[tuple[object, ...]] = []
    for one in found:
        score, kinds = _rows(one, model, cycles, on)
        scores.append(score)
        types += kinds
    put_types([one.household_id for one in found], types)
    put_scores(scores)


def _rows(
    one: Registered, model: Model, cycles: dict[str, int], on: date
) -> tuple[tuple[object, ...], list[tuple[object, ...]]]:
    standing = stand(one.entry, on, model)
    flags = flags_for(
        standing,
        reviewed=one.reviewed,
        months=cycles.get(one.category, cycles[""]),
        is_split=one.is_split,
        on=on,
    )
    row = score_row(
        one.household_id,
        one.area_code,
        standing,
        members=len(one.entry.household.members),
        flags=flags,
        model_version=model.version,
        facts_version=one.facts_version,
        on=on,
    )
    return row, list(type_rows(one.household_id, one.area_code, standing))

"""How far down the need a budget reaches, and what it would take to reach everybody."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from yangguang.aid.index.queries.boards import board
from yangguang.aid.index.queries.pages import scope_of
from yangguang.aid.index.types import Band
from yangguang.aid.plans.queries.drawing import ranking
from yangguang.aid.plans.rules import Amount, Line, amount_for
from yangguang.aid.plans.types import AmountRule
from yangguang.foundation.catalogue.types import AidType

_BANDS_OF_PLAN = """
SELECT s.band, count(*), sum(l.amount_fen)
FROM plans_planline l JOIN index_score s ON s.household_id = l.household_id
WHERE l.plan_id = %s AND l.is_included GROUP BY s.band
"""
_BANDS_OF = "SELECT household_id, band FROM index_score WHERE household_id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Reach:
    """One band of hardship: its families in the area, those reached, and fen for them."""

    band: Band
    total: int
    families: int
    fen: int


def reach_of_plan(plan_id: int, *, area_code: str) -> list[Reach]:
    """Tell how much of each band of today a plan's list reaches, heaviest first. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_BANDS_OF_PLAN, [plan_id])
        found = {band: (families, int(fen)) for band, families, fen in cursor.fetchall()}
    return _reach(area_code, found)


def reach_of(lines: Iterable[Line], *, area_code: str) -> list[Reach]:
    """Tell the same of a list that is only tried out. Two queries."""
    fen_by_id = {line.household_id: line.amount_fen for line in lines if line.is_included}
    families, fen = Counter[int](), Counter[int]()
    with connection.cursor() as cursor:
        cursor.execute(_BANDS_OF, [list(fen_by_id)])
        for household_id, band in cursor.fetchall():
            families[band] += 1
            fen[band] += fen_by_id[household_id]
    return _reach(area_code, {band: (families[band], fen[band]) for band in families})


def _reach(area_code: str, found: dict[int, tuple[int, int]]) -> list[Reach]:
    totals = board(scope_of(area_code)).bands
    given = ((band, found.get(step, (0, 0))) for step, band in enumerate(Band, start=1))
    return [Reach(band, totals[band], *pair) for band, pair in given if totals[band] or pair[0]]


def cost_of_all(area_code: str, *, type: AidType | None, amount: Amount) -> int:
    """Give what it would take to reach every family of an area's list, fen.

    Of the whole register it is read from counters; of one type its list is read through. One query.
    """
    if type is None and amount.rule != AmountRule.SHARE_OF_SPENDING:
        everybody = board(scope_of(area_code))
        is_per_head = amount.rule == AmountRule.PER_HEAD
        return amount.value * (everybody.people if is_per_head else everybody.households)
    return sum(amount_for(one, amount=amount) for one in ranking(area_code, type or ""))

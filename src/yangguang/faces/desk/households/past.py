"""How the index stood through the past year, as a chart and a table."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yangguang.aid.index.queries import explanation_of
from yangguang.aid.ledger.queries.history import aid_history
from yangguang.foundation.catalogue.rules.choosing import MissingPolicy
from yangguang.foundation.kernel.periods import Month


@dataclass(frozen=True, slots=True)
class PastYear:
    """The chart of the months that the model has seen, and the words that sum it up."""

    spec: dict[str, Any]
    summary: str
    since: Month


def past_year_of(household_id: int, on: date) -> PastYear | None:
    """Compute H and A at the end of each of the last twelve months, with the aid paid in each.

    From the facts that are known today and the aid paid until then: earlier facts are not kept as
    numbers. The months before the model came into force are left out. None without any month. Two
    queries a month, and two.
    """
    points: list[tuple[Month, float, float]] = []
    for back in range(12):
        month = Month.of(on).plus(-back)
        try:
            found = explanation_of(household_id, on if back == 0 else month.last)
        except MissingPolicy:
            break
        if found is not None:
            points.append((month, round(found.score.h, 1), round(found.score.a, 1)))
    if not points:
        return None
    points.reverse()
    paid = _paid_by_month(household_id, on)
    return PastYear(
        spec=_spec(points, [paid.get(month, 0) / 100 or None for month, _, _ in points]),
        summary=_summary(points),
        since=points[0][0],
    )


def _paid_by_month(household_id: int, on: date) -> dict[Month, int]:
    paid: dict[Month, int] = {}
    for item in aid_history(household_id, on=on).items:
        if item.is_counted and not item.is_failed:
            for one in item.payments:
                month = Month.of(one.paid_date)
                paid[month] = paid.get(month, 0) + one.amount_fen
    return paid


def _spec(points: list[tuple[Month, float, float]], paid: list[float | None]) -> dict[str, Any]:
    return {
        "x": [f"{month.year % 100}-{month.number:02d}" for month, _, _ in points],
        "max": 100,
        "second_unit": _("元"),
        "series": [
            {
                "name": _("困难指数"),
                "type": "step",
                "tone": "ink",
                "data": [h for _, h, _ in points],
            },
            {"name": _("救助指数"), "type": "step", "tone": "need", "area": True,
             "data": [a for _, _, a in points]},
            {"name": _("救助金额"), "type": "bar", "tone": "blue", "second": True, "data": paid},
        ],
    }  # fmt: skip


def _summary(points: list[tuple[Month, float, float]]) -> str:
    return _("困难指数由 %(h1)s 到 %(h2)s，救助指数由 %(a1)s 到 %(a2)s。") % {
        "h1": points[0][1],
        "h2": points[-1][1],
        "a1": points[0][2],
        "a2": points[-1][2],
    }

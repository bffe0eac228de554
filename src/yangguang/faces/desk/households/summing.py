"""The index as a sum whose figures add up as they are shown, to the second decimal."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yangguang.aid.index.rules.explain import Explanation
from yangguang.faces.look.words import said


@dataclass(frozen=True, slots=True)
class Term:
    """One line of the sum; `counted` with two decimals, `weight` and `points` for indicators."""

    name: str
    ground: str
    counted: float
    weight: float | None = None
    points: float | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms that make H as shown, then what aid takes off, which makes A as shown."""

    terms: tuple[Term, ...]
    hardship: float
    relief: Term
    assistance: float


def sum_of(found: Explanation) -> Sum:
    """Give an explanation as terms. The shown terms add up to the shown H, and with relief to A."""
    named = [*_indicators(found), *_steps(found)]
    hardship, assistance = round(found.h, 2), round(found.a, 2)
    shown = rounded([term.counted for term in named], hardship)
    terms = tuple(
        Term(term.name, term.ground, figure, term.weight, term.points)
        for term, figure in zip(named, shown, strict=True)
    )
    relief = Term(_("已获救助"), said(found.relief_text), round(assistance - hardship, 2))
    return Sum(terms, hardship, relief, assistance)


def _indicators(found: Explanation) -> list[Term]:
    return [
        Term(_(line.name), said(line.ground), line.counted, line.weight, line.points)
        for line in found.lines
    ]


def _steps(found: Explanation) -> list[Term]:
    """Give what bonus, cap, property and floor add or take off; only those that do something."""
    summed = found.weighted + found.bonus
    capped = min(100.0, summed)
    gated = capped * found.gate
    steps = [
        Term(_("多维困难加分"), said(found.bonus_text), found.bonus),
        Term(_("最高 100 分"), _("合计超过 100 分的部分不计"), capped - summed),
        Term(_("财产"), said(found.gate_text), gated - capped),
        Term(_("兜底"), said(found.floor_text), found.h - gated),
    ]
    return [step for step in steps if abs(step.counted) > 1e-9]


def rounded(parts: Sequence[float], total: float) -> list[float]:
    """Round parts to hundredths so that they add up to a total given in hundredths.

    Parts go down to the hundredth, and the largest remainders go up, the earlier first.
    """
    floors = [int(part * 100 // 1) for part in parts]
    missing = round(total * 100) - sum(floors)
    order = sorted(range(len(parts)), key=lambda i: (floors[i] - parts[i] * 100, i))
    for place in order[: max(0, missing)]:
        floors[place] += 1
    return [one / 100 for one in floors]

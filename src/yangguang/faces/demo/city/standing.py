"""What a family is recognised as, since when, for which reasons: from its facts alone."""

from datetime import date, timedelta
from random import Random
from typing import Final

from yangguang.faces.demo.city.types import Home, Soul
from yangguang.families.registry.types import (
    Category,
    Cause,
    DwellingGrade,
    Illness,
    Marital,
    PropertyStatus,
    Relation,
    ShockKind,
    Tenure,
)

# Days within the review cycles of policies/reviews (示例); most families are seen in time.
_CYCLE_DAYS: Final = {
    Category.DIBAO: 175,
    Category.MARGIN: 175,
    Category.TEKUN: 350,
    Category.ORPHAN: 350,
    Category.UNSUPPORTED_CHILD: 350,
    Category.RIGID: 350,
}


def recognise(rng: Random, home: Home, on: date, *, support_fen: int, child_fen: int) -> None:
    """Decide the category by the facts, the month amount, and when it was decided.

    `support_fen` is the 特困 standard and `child_fen` the children's, fen a person and month.
    Some who qualify have not applied: those are whom the city is to find.
    """
    home.category = _category(rng, home)
    home.monthly_fen = _amount(home, support_fen, child_fen)
    if home.category is not None:
        home.decided = _first_of_month(on - timedelta(days=int(rng.triangular(20, 2300, 500))))
    home.registered = (home.decided or on) - timedelta(days=rng.randint(25, 90))
    cycle = _CYCLE_DAYS.get(home.category or Category.OTHER, 80)
    late = rng.random() < 0.05
    last = cycle + rng.randint(12, 200) if late else rng.randint(3, cycle)
    home.reviewed = max(home.registered, on - timedelta(days=last))
    home.causes = [cause.value for cause in _causes(home)]


def _category(rng: Random, home: Home) -> Category | None:
    young = [soul for soul in home.members if soul.unsupported]
    if home.head.unsupported:
        return Category.ORPHAN if rng.random() < 0.7 else Category.UNSUPPORTED_CHILD
    if young and rng.random() < 0.9:
        return Category.UNSUPPORTED_CHILD
    if home.finding is PropertyStatus.OVER:
        return None
    y = home.income_fen / 12 / len(home.members) / home.standard_fen
    if _is_tekun(home) and y < 1.0 and home.finding is PropertyStatus.WITHIN:
        return Category.TEKUN if rng.random() < 0.95 else None
    if y < 1.0 and home.finding is PropertyStatus.WITHIN:
        return Category.DIBAO if rng.random() < 0.96 else None
    return _wider(rng, home, y)


def _wider(rng: Random, home: Home, y: float) -> Category | None:
    """Recognise the edge of the low-income line and those whom spending has ruined."""
    if y < 1.5 and rng.random() < 0.72:
        return Category.MARGIN
    spent = sum(home.spendings.values())
    if spent >= 0.8 * home.income_fen and rng.random() < 0.75:
        return Category.RIGID
    return Category.OTHER if rng.random() < 0.5 else None


def _is_tekun(home: Home) -> bool:
    """Tell whether nobody can work, nobody earns, and nobody is bound and able to support."""
    return (
        not home.relatives
        and all(soul.without_labour and not soul.employed for soul in home.members)
        and all(soul.marital is not Marital.MARRIED for soul in home.members)
        and all(soul.relation in (Relation.HEAD, Relation.SIBLING) for soul in home.members)
        and all(soul.age >= 16 for soul in home.members)
    )


def _amount(home: Home, support_fen: int, child_fen: int) -> int:
    """Give the month amount: for 低保 the gap, for 特困 and children the standard."""
    size = len(home.members)
    if home.category is Category.DIBAO:
        gap = home.standard_fen * size - home.income_fen // 12
        return max(5_000, gap // 100 * 100)
    if home.category is Category.TEKUN:
        return support_fen * size
    if home.category in (Category.ORPHAN, Category.UNSUPPORTED_CHILD):
        return child_fen * sum(1 for soul in home.members if soul.unsupported)
    return 0


def _causes(home: Home) -> list[Cause]:
    """List up to three causes that the facts bear out, the heaviest first."""
    some = home.members
    found = (
        (Cause.ILLNESS, any(soul.illness is Illness.SEVERE for soul in some)),
        (Cause.DISABILITY, any((soul.disability_grade or 5) <= 3 for soul in some)),
        (Cause.DISASTER, any(event.kind is ShockKind.DISASTER for event in home.shocks)),
        (Cause.MARRIAGE, home.single_parent),
        (Cause.EDUCATION, home.spendings.get("education", 0) > 500_000),
        (Cause.LABOUR, all(soul.without_labour for soul in some) and _has_adult(some)),
        (Cause.ELDERLY, all(soul.age >= 60 for soul in some)),
        (Cause.UNEMPLOYMENT, any(not (s.without_labour or s.employed) for s in some)),
        (Cause.HOUSING, home.tenure is Tenure.NONE or home.grade is DwellingGrade.D),
    )
    return [cause for cause, holds in found if holds][:3] or [Cause.OTHER]


def _has_adult(souls: list[Soul]) -> bool:
    return any(18 <= soul.age < 60 for soul in souls)


def _first_of_month(day: date) -> date:
    return day.replace(day=1)

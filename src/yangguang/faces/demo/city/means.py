"""Income by class, rigid spending and property: what follows from who lives in a house."""

from random import Random
from typing import Final

from yangguang.faces.demo.city.chance import Table, between, fen
from yangguang.faces.demo.city.types import Home, Relative, Soul
from yangguang.families.registry.types import (
    Illness,
    IncomeClass,
    Marital,
    PropertyStatus,
    RegisterType,
    Relation,
    SpendingKind,
    Student,
)

# Multiples of the month standard a head: policies/limits (示例).
_WITHIN_MONTHS, _EDGE_MONTHS = 48, 96
_DEPOSIT_MONTHS: Final = Table(
    [
        ((0, 0), 34),
        ((0.5, 6), 38),
        ((6, 20), 18),
        ((20, 46), 6.5),
        ((49, 92), 2.3),
        ((98, 260), 1.2),
    ]
)
_SUPPORT: Final = Table([((0, 0), 14), ((50, 150), 22), ((150, 350), 38), ((350, 800), 26)])


def provide(rng: Random, home: Home) -> None:
    """Draw relatives, incomes, spending and property."""
    _relatives(rng, home)
    _incomes(rng, home)
    _spendings(rng, home)
    _property(rng, home)


def _relatives(rng: Random, home: Home) -> None:
    """Give old heads the grown children who live elsewhere; unmarried ones have none."""
    head = home.head
    if head.age < 58 or head.marital is Marital.SINGLE or rng.random() < 0.2:
        return
    for _ in range(rng.choice((1, 1, 2, 2, 3))):
        son = rng.random() < 0.5
        low, high = _SUPPORT.draw(rng)
        home.relatives.append(
            Relative(
                name=(home.surname if son else rng.choice("王李张刘孙陈杨赵"))
                + rng.choice("伟强敏静芳涛燕军"),
                relation="儿子" if son else "女儿",
                size=rng.randint(2, 5),
                income_fen=between(rng, 24_000, 95_000, 1000),
                support_fen=between(rng, low, high, 10),
            )
        )


def _incomes(rng: Random, home: Home) -> None:
    rural = home.register_type is RegisterType.RURAL
    wages = sum(soul.monthly_fen for soul in home.members if soul.employer)
    casual = sum(soul.monthly_fen for soul in home.members if soul.employed and not soul.employer)
    support = sum(relative.support_fen for relative in home.relatives)
    adults = sum(1 for soul in home.members if soul.age >= 18)
    transfers = 12 * support + _pensions(rng, home, rural)
    business = 0
    if rural:
        home.land_mu = round(rng.uniform(0.3, 2.2) * adults, 1)
        transfers += int(home.land_mu * 125) * 100
        if any(soul.employed for soul in home.members) or rng.random() < 0.4:
            business = int(home.land_mu * rng.uniform(400, 1600) / 10) * 1000
    assets = between(rng, 300, 3600) if rng.random() < (0.5 if rural else 0.08) else 0
    other = between(rng, 600, 6600, 50) if rng.random() < 0.66 else 0
    parts = (
        (IncomeClass.WAGES, 12 * wages + 10 * casual),
        (IncomeClass.BUSINESS, business),
        (IncomeClass.ASSETS, assets),
        (IncomeClass.TRANSFERS, transfers),
        (IncomeClass.OTHER, other),
    )
    home.incomes = {kind.value: amount for kind, amount in parts if amount}


def _pensions(rng: Random, home: Home, rural: bool) -> int:
    """Give pensions that count; the central basic pension does not (1.3: excluded income)."""
    total = 0
    for soul in home.members:
        if soul.age < 60:
            continue
        if rng.random() < (0.02 if rural else 0.24):
            total += 12 * between(rng, 900, 2300, 10)
        elif rng.random() < 0.5:
            total += 12 * between(rng, 20, 160, 10)
    return total


def _spendings(rng: Random, home: Home) -> None:
    spent = {
        SpendingKind.MEDICAL: sum(_medical(rng, soul) for soul in home.members),
        SpendingKind.EDUCATION: sum(_education(rng, soul) for soul in home.members),
        SpendingKind.REHABILITATION: sum(_rehabilitation(rng, soul) for soul in home.members),
        SpendingKind.OTHER: between(rng, 600, 4800, 100) if rng.random() < 0.03 else 0,
    }
    home.spendings = {kind.value: amount for kind, amount in spent.items() if amount}


def _medical(rng: Random, soul: Soul) -> int:
    """Draw self-paid medical spending after insurance: a long tail behind the severely ill."""
    if soul.illness is Illness.SEVERE:
        return fen(rng, 8_500, 0.95, 260_000)
    if soul.illness is Illness.CHRONIC:
        return fen(rng, 1_500, 0.8, 40_000)
    return fen(rng, 400, 0.7, 8_000) if rng.random() < 0.3 else 0


def _education(rng: Random, soul: Soul) -> int:
    if soul.student is Student.PRESCHOOL:
        return between(rng, 2_400, 5_600, 100)
    if soul.student is Student.COMPULSORY:
        return between(rng, 300, 1_900, 50)
    if soul.student is Student.UPPER:
        return (
            between(rng, 8_500, 16_500, 100) if soul.age >= 19 else between(rng, 2_800, 6_200, 100)
        )
    return 0


def _rehabilitation(rng: Random, soul: Soul) -> int:
    if soul.disability_kind is None:
        return 0
    odds = 0.5 if soul.age < 18 else 0.1
    return fen(rng, 3_600, 0.8, 48_000) if rng.random() < odds else 0


def _property(rng: Random, home: Home) -> None:
    """Draw deposits and a vehicle; the finding follows from the limits."""
    low, high = _DEPOSIT_MONTHS.draw(rng)
    months = rng.uniform(low, high)
    home.deposit_fen = int(months * home.standard_fen * len(home.members) / 100_000) * 100_000
    works = any(soul.employed for soul in home.members)
    if works and rng.random() < 0.035:
        home.vehicle_fen = between(rng, 9_000, 64_000, 1000)
    if months >= _EDGE_MONTHS:
        home.finding = PropertyStatus.OVER
    elif months >= _WITHIN_MONTHS or home.vehicle_fen:
        home.finding = PropertyStatus.EDGE


def lone_parent(home: Home) -> bool:
    """Tell whether one parent alone brings up a minor."""
    head = home.head
    minors = any(s.relation is Relation.CHILD and s.age < 18 for s in home.members)
    parted = head.marital in (Marital.DIVORCED, Marital.WIDOWED)
    return minors and parted and head.age >= 18

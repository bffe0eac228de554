"""A year of past aid: monthly entitlements, and what departments and donors gave once."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Final

from yangguang.faces.demo.city.chance import Table, between
from yangguang.faces.demo.city.shocks import flood_of
from yangguang.faces.demo.city.types import Given, Home
from yangguang.families.registry.types import (
    Category,
    DwellingGrade,
    RegisterType,
    Sex,
    ShockKind,
    Student,
    Tenure,
)
from yangguang.foundation.catalogue.types import AidKind, AidType

CIVIL, HEALTH, SCHOOLS = "市民政局", "市医疗保障局", "市教育局"
HOUSING, EMERGENCY, UNIONS = "市住房和城乡建设局", "市应急管理局", "市总工会"
WOMEN, CHARITY = "市妇女联合会", "市慈善总会"

_DONORS: Final = Table([("示例爱心企业", 4), ("示例商会", 2), ("示例志愿服务队", 2), (CHARITY, 3)])
_MAIN: Final = {
    Category.TEKUN: ("mz-tekun", AidType.LIVING),
    Category.ORPHAN: ("mz-orphan", AidType.LIVING),
    Category.UNSUPPORTED_CHILD: ("mz-unsupported-child", AidType.FAMILY),
}
type Giver = Callable[[Random, Home, date], None]


def help_past_year(rng: Random, home: Home, on: date) -> None:
    """Draw the aid of the last 365 days; some families got none, some the same from two payers."""
    _monthly(rng, home, on)
    for give in (_medical, _school, _housing, _disaster, _poor, _holiday, _donors):
        give(rng, home, on)


def first_paid(decided: date, on: date) -> date:
    """Give the first tenth of a month within the last 365 days and after the deciding month."""
    start = max(on - timedelta(days=364), _next_month(decided))
    return start.replace(day=10) if start.day <= 10 else _next_month(start).replace(day=10)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _monthly_aid(home: Home, item: str, of: AidType, payer: str, fen: int, since: date) -> None:
    reference = f"{home.number}-{len(home.given) + 1}"
    home.given.append(
        Given(item, of, AidKind.CASH, payer, False, reference, since, monthly_fen=fen)
    )


def _once(
    home: Home,
    item: str,
    of: AidType,
    payer: str,
    paid: tuple[date, int],
    *,
    kind: AidKind = AidKind.CASH,
    ranked: bool = False,
    donated: bool = False,
) -> None:
    """Add one-off aid; `ranked` aid is given by rank or discretion within a budget."""
    reference = f"{home.number}-{len(home.given) + 1}"
    home.given.append(
        Given(item, of, kind, payer, ranked, reference, paid[0], payment=paid, donated=donated)
    )


def _day(rng: Random, on: date, back: int = 360) -> date:
    return on - timedelta(days=rng.randint(3, back))


def _monthly(rng: Random, home: Home, on: date) -> None:
    since = home.decided
    if since is None or first_paid(since, on) > on:
        return
    if home.monthly_fen:
        rural = home.register_type is RegisterType.RURAL
        dibao = "mz-dibao-rural" if rural else "mz-dibao-urban"
        item, of = _MAIN.get(home.category or Category.DIBAO, (dibao, AidType.LIVING))
        _monthly_aid(home, item, of, CIVIL, home.monthly_fen, since)
    if home.category in (Category.DIBAO, Category.MARGIN):
        _two_subsidies(home, since)
        if home.tenure is Tenure.RENTED and rng.random() < 0.4:
            _monthly_aid(home, "zj-rent", AidType.HOUSING, HOUSING, 40_000, since)


def _two_subsidies(home: Home, since: date) -> None:
    """Give the two subsidies of the disabled (State Council 国发 2015-52; amounts 示例)."""
    cards = [soul for soul in home.members if soul.card]
    heavy = sum(1 for soul in cards if (soul.disability_grade or 5) <= 2)
    poor = len(cards) if home.category is Category.DIBAO else 0
    for item, heads in (("mz-disabled-living", poor), ("mz-care-subsidy", heavy)):
        if heads:
            _monthly_aid(home, item, AidType.DISABILITY, CIVIL, 17_000 * heads, since)


def _medical(rng: Random, home: Home, on: date) -> None:
    spent = home.spendings.get("medical", 0)
    if spent < 300_000 or rng.random() > 0.45:
        return
    day = _day(rng, on)
    cut = min(int(spent * rng.uniform(0.1, 0.45)), 3_000_000) // 1000 * 1000
    _once(home, "yb-medical-aid", AidType.MEDICAL, HEALTH, (day, cut), kind=AidKind.FEE_CUT)
    again = min(on, day + timedelta(days=9))
    if rng.random() < 0.08:
        _once(home, "yb-medical-again", AidType.MEDICAL, HEALTH, (again, 500_000), ranked=True)
    if _has_woman_with_cancer(home) and rng.random() < 0.15:
        _once(home, "fl-two-cancers", AidType.MEDICAL, WOMEN, (again, 1_000_000), ranked=True)


def _has_woman_with_cancer(home: Home) -> bool:
    return any(soul.sex is Sex.FEMALE and soul.disease == "恶性肿瘤" for soul in home.members)


def _school(rng: Random, home: Home, on: date) -> None:
    day = _last(on, 9, 20)
    for soul in home.members:
        if soul.student is not Student.UPPER or rng.random() > 0.45:
            continue
        if soul.age < 19:
            _once(home, "jy-high-school", AidType.EDUCATION, SCHOOLS, (day, 230_000))
            continue
        _once(home, "jy-university", AidType.EDUCATION, SCHOOLS, (day, 370_000))
        if rng.random() < 0.2:
            before = day - timedelta(days=rng.randint(5, 25))
            paid = (before, 300_000)
            _once(home, "gh-golden-autumn", AidType.EDUCATION, UNIONS, paid, ranked=True)


def _last(on: date, month: int, day: int) -> date:
    """Give the last such day of the year that is not after `on`."""
    this = date(on.year, month, day)
    return this if this <= on else date(on.year - 1, month, day)


def _housing(rng: Random, home: Home, on: date) -> None:
    poor = home.category in (Category.DIBAO, Category.TEKUN)
    if home.grade is DwellingGrade.C and poor and rng.random() < 0.06:
        paid = (_day(rng, on, 200), 2_000_000)
        _once(home, "zj-dangerous-house", AidType.HOUSING, HOUSING, paid, ranked=True)


def _disaster(rng: Random, home: Home, on: date) -> None:
    if not any(event.kind is ShockKind.DISASTER for event in home.shocks):
        return
    day = min(on, flood_of(on) + timedelta(days=rng.randint(6, 60)))
    if home.grade is DwellingGrade.D:
        _once(home, "yj-house-collapse", AidType.DISASTER, EMERGENCY, (day, 2_000_000))
    elif rng.random() < 0.55:
        paid = (day, 30_000 * len(home.members))
        _once(home, "mz-temporary-urgent", AidType.LIVING, CIVIL, paid)
    if rng.random() < 0.3:
        paid = (_last(on, 1, 12), 13_000 * len(home.members))
        kind = AidKind.GOODS
        _once(home, "yj-winter", AidType.DISASTER, EMERGENCY, paid, kind=kind, ranked=True)


def _poor(rng: Random, home: Home, on: date) -> None:
    """Give temporary aid to those whom spending has pressed, recognised or not."""
    spent = sum(home.spendings.values())
    if spent > 0.4 * home.income_fen and spent > 400_000 and rng.random() < 0.12:
        paid = (_day(rng, on), between(rng, 1000, 5000, 500))
        _once(home, "mz-temporary-spending", AidType.LIVING, CIVIL, paid, ranked=True)


def _holiday(rng: Random, home: Home, on: date) -> None:
    odds = 0.16 if home.category in (Category.DIBAO, Category.TEKUN) else 0.55
    if home.category is not None and rng.random() < odds:
        paid = (_last(on, 1, 25), between(rng, 300, 1000, 100))
        _once(home, "mz-holiday", AidType.LIVING, CIVIL, paid, ranked=True)


def _donors(rng: Random, home: Home, on: date) -> None:
    if rng.random() < 0.022:
        paid = (_day(rng, on), between(rng, 200, 2000, 100))
        payer = _DONORS.draw(rng)
        _once(home, "cs-warm-homes", AidType.LIVING, payer, paid, ranked=True, donated=True)

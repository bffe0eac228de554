"""A year of past aid: monthly entitlements, and what departments and donors gave once."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Final

from yangguang.faces.demo.city.chance import Table, between
from yangguang.faces.demo.city.shocks import flood_of
from yangguang.faces.demo.city.types import Given, Home, Soul
from yangguang.families.registry.types import (
    Category,
    DwellingGrade,
    RegisterType,
    ShockKind,
    Student,
    Tenure,
)
from yangguang.foundation.catalogue.types import AidKind, AidType

CIVIL, HEALTH, SCHOOLS = "市民政局", "市医疗保障局", "市教育局"
HOUSING, EMERGENCY, UNIONS = "市住房和城乡建设局", "市应急管理局", "市总工会"
DISABLED, WOMEN, YOUTH = "市残疾人联合会", "市妇女联合会", "共青团济南市委"
CHARITY, RED_CROSS = "市慈善总会", "市红十字会"

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
    start = max(on - timedelta(days=364), decided.replace(day=28) + timedelta(days=4))
    return start.replace(day=10) if start.day <= 10 else _next_tenth(start)


def _next_tenth(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=10)


def _add(
    home: Home,
    item: str,
    of: AidType,
    payer: str,
    *,
    kind: AidKind = AidKind.CASH,
    paid: tuple[date, int] | None = None,
    monthly: int = 0,
    since: date | None = None,
    discretionary: bool = False,
    donated: bool = False,
) -> Given:
    reference = f"{home.number}-{len(home.given) + 1}"
    payments = [paid] if paid else []
    entry = Given(
        item, of, kind, payer, discretionary, reference, monthly, since, None, payments, donated
    )
    home.given.append(entry)
    return entry


def _day(rng: Random, on: date, back: int = 360) -> date:
    return on - timedelta(days=rng.randint(3, back))


def _monthly(rng: Random, home: Home, on: date) -> None:
    if home.decided is None:
        return
    since = first_paid(home.decided, on)
    if since > on:
        return
    if home.monthly_fen:
        rural = home.register_type is RegisterType.RURAL
        dibao = "mz-dibao-rural" if rural else "mz-dibao-urban"
        item, of = _MAIN.get(home.category or Category.DIBAO, (dibao, AidType.LIVING))
        _add(home, item, of, CIVIL, monthly=home.monthly_fen, since=since)
    if home.category not in (Category.DIBAO, Category.MARGIN):
        return
    cards = [soul for soul in home.members if soul.card]
    poor = sum(1 for _ in cards) if home.category is Category.DIBAO else 0
    heavy = sum(1 for soul in cards if (soul.disability_grade or 5) <= 2)
    if poor:
        _add(
            home,
            "mz-disabled-living",
            AidType.DISABILITY,
            CIVIL,
            monthly=17_000 * poor,
            since=since,
        )
    if heavy:
        _add(
            home, "mz-care-subsidy", AidType.DISABILITY, CIVIL, monthly=17_000 * heavy, since=since
        )
    if home.tenure is Tenure.RENTED and rng.random() < 0.4:
        _add(home, "zj-rent", AidType.HOUSING, HOUSING, monthly=40_000, since=since)


def _medical(rng: Random, home: Home, on: date) -> None:
    spent = home.spendings.get("medical", 0)
    if spent < 500_000 or rng.random() > 0.32:
        return
    day = _day(rng, on)
    cut = min(int(spent * rng.uniform(0.1, 0.45)), 3_000_000) // 1000 * 1000
    _add(home, "yb-medical-aid", AidType.MEDICAL, HEALTH, kind=AidKind.FEE_CUT, paid=(day, cut))
    if rng.random() < 0.12:
        again = day + timedelta(days=min(9, (on - day).days))
        _add(
            home,
            "honghui-aid",
            AidType.MEDICAL,
            RED_CROSS,
            paid=(again, between(rng, 1000, 5000, 500)),
            discretionary=True,
        )


def _school(rng: Random, home: Home, on: date) -> None:
    for soul in home.members:
        if soul.student is Student.UPPER and rng.random() < 0.38:
            _pay_school(rng, home, soul, on)


def _pay_school(rng: Random, home: Home, soul: Soul, on: date) -> None:
    september = date(on.year, 9, 20)
    day = september if september <= on else date(on.year - 1, 9, 20)
    college = soul.age >= 19
    item, amount = ("jy-university", 370_000) if college else ("jy-high-school", 230_000)
    _add(home, item, AidType.EDUCATION, SCHOOLS, paid=(day, amount))
    if college and rng.random() < 0.2:
        payer, other = rng.choice(
            ((UNIONS, "gh-golden-autumn"), (YOUTH, "tw-hope"), (CHARITY, "cs-sunrise"))
        )
        paid = (day - timedelta(days=rng.randint(5, 25)), 300_000)
        _add(home, other, AidType.EDUCATION, payer, paid=paid, discretionary=True)


def _housing(rng: Random, home: Home, on: date) -> None:
    poor = home.category in (Category.DIBAO, Category.TEKUN)
    if home.grade is DwellingGrade.C and poor and rng.random() < 0.06:
        _add(
            home,
            "zj-dangerous-house",
            AidType.HOUSING,
            HOUSING,
            paid=(_day(rng, on, 200), 2_000_000),
            discretionary=True,
        )


def _disaster(rng: Random, home: Home, on: date) -> None:
    for event in home.shocks:
        if event.kind is ShockKind.DISASTER and event.loss_fen > 300_000 and rng.random() < 0.55:
            day = min(on, flood_of(on) + timedelta(days=rng.randint(6, 60)))
            amount = 30_000 * len(home.members)
            _add(
                home,
                "yj-emergency",
                AidType.DISASTER,
                EMERGENCY,
                kind=AidKind.GOODS,
                paid=(day, amount),
            )


def _poor(rng: Random, home: Home, on: date) -> None:
    """Give temporary aid to those whom spending has pressed, recognised or not."""
    spent = sum(home.spendings.values())
    if spent > 0.5 * home.income_fen and spent > 800_000 and rng.random() < 0.07:
        _add(
            home,
            "mz-temporary-spending",
            AidType.LIVING,
            CIVIL,
            paid=(_day(rng, on), between(rng, 1000, 5000, 500)),
            discretionary=True,
        )


def _holiday(rng: Random, home: Home, on: date) -> None:
    if home.category in (Category.DIBAO, Category.TEKUN) and rng.random() < 0.16:
        january = date(on.year, 1, 25)
        day = january if january <= on else date(on.year - 1, 1, 25)
        _add(
            home,
            "mz-holiday",
            AidType.LIVING,
            CIVIL,
            paid=(day, between(rng, 300, 1000, 100)),
            discretionary=True,
        )


def _donors(rng: Random, home: Home, on: date) -> None:
    if rng.random() < 0.022:
        payer = _DONORS.draw(rng)
        kind = AidKind.GOODS if rng.random() < 0.6 else AidKind.CASH
        _add(
            home,
            "cs-warm-homes",
            AidType.LIVING,
            payer,
            kind=kind,
            paid=(_day(rng, on), between(rng, 200, 2000, 100)),
            discretionary=True,
            donated=True,
        )

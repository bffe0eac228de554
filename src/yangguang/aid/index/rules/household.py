"""The reference: one household's indices in plain Python, which the other engines must equal."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby

from msgspec import Struct

from yangguang.aid.index.rules.arithmetic import order_key, rounded
from yangguang.aid.index.rules.facts import (
    Money,
    People,
    Received,
    disaster_loss,
    money,
    people,
    received,
    worth,
)
from yangguang.aid.index.rules.model import DIMENSIONS, Bands, Model
from yangguang.aid.index.rules.points import points_of, types_of
from yangguang.aid.index.types import Aid, Entry, Household, Score, Standing
from yangguang.foundation.catalogue.types import AidType

TYPES = tuple(AidType.codes())
_NUMBERS = tuple(str(number) for number in range(1, 10))


class Measures(Struct, frozen=True):
    """Every step from the facts to H and A, unrounded, so that each can be shown.

    `dimensions` pairs each dimension with its largest points and its part of the bonus;
    `raw` is the capped sum with bonus, `gated` after property, `h` after the floor if `floored`;
    `before` and `after` are the nine type indices; V and B in yuan a year.
    """

    people: People
    money: Money
    points: tuple[float, ...]
    counted: tuple[float, ...]
    local: tuple[float, ...]
    weighted: float
    dimensions: tuple[tuple[str, float, float], ...]
    e: float
    bonus: float
    raw: float
    gate: float
    gated: float
    floored: bool
    h: float
    received: Received
    b: float
    relief: float
    a: float
    before: tuple[float, ...]
    after: tuple[float, ...]


def score(household: Household, on: date, model: Model) -> Score:
    """Score one household as of a date; every number rounded, half to even."""
    return score_of(household.number, measure(household, on, model), model)


def measure(household: Household, on: date, model: Model) -> Measures:
    """Take every step of the model for one household, unrounded."""
    who = people(household.members, on, model.facts)
    cash = money(household, model.facts)
    points = points_of(household, who, cash, on, model)
    before = types_of(household, who, cash, points, on, model)
    counted, local = _counted(points, before, model)
    weighted = sum_in_order((*counted, *local))
    dimensions = dimensions_of(points, model)
    e = sum_in_order([part for _, _, part in dimensions])
    bonus = model.bonus.points * max(0.0, e - model.bonus.beyond)
    raw = min(100.0, weighted + bonus)
    gated = raw * (gate := gate_of(household.property, model))
    floored = is_floored(household, cash.y, model)
    h = model.floor.base + model.floor.share * gated if floored else gated
    got = received(household.aid, on, model.facts)
    b = need(household.standard, who.size, cash.left, model)
    relief = min(model.aid.cap, model.aid.slope * got.v / b)
    return Measures(
        people=who,
        money=cash,
        points=points,
        counted=counted,
        local=local,
        weighted=weighted,
        dimensions=dimensions,
        e=e,
        bonus=bonus,
        raw=raw,
        gate=gate,
        gated=gated,
        floored=floored,
        h=h,
        received=got,
        b=b,
        relief=relief,
        a=h * (1 - relief),
        before=before,
        after=types_after(before, gate, got, costs(household, b, on, model), model),
    )


def _counted(
    points: Sequence[float], before: Sequence[float], model: Model
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Give what each of the nine, and each of the county's own indicators, adds."""
    nine = [weight * part / 100 for weight, part in zip(_weights(model), points, strict=True)]
    own = [item.weight * before[TYPES.index(item.measure)] / 100 for item in model.local]
    return tuple(nine), tuple(own)


def score_of(number: str, steps: Measures, model: Model) -> Score:
    """Give the score that the steps end in, rounded."""
    decimals = model.rounding.decimals
    points = [rounded(part, decimals) for part in steps.points]
    limit = model.bonus.deprived_from
    return Score(
        number=number,
        points=dict(zip(_NUMBERS, points, strict=True)),
        deprived=sum([rounded(top, decimals) >= limit for _, top, _ in steps.dimensions]),
        h=rounded(steps.h, decimals),
        v=rounded(steps.received.v, decimals),
        b=rounded(steps.b, decimals),
        a=rounded(steps.a, decimals),
        types={
            kind: rounded(part, decimals) for kind, part in zip(TYPES, steps.after, strict=True)
        },
    )


def sum_in_order(parts: Sequence[float]) -> float:
    """Add one after the other: the builtin `sum` compensates and would part from the engines."""
    total = parts[0]
    for part in parts[1:]:
        total += part
    return total


@lru_cache(maxsize=16)
def _weights(model: Model) -> tuple[float, ...]:
    """Give the nine weights."""
    return tuple(indicator.weight for indicator in model.indicators)


@lru_cache(maxsize=16)
def places(model: Model) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Give each dimension with the places, from 0, of its indicators."""
    numbered = [(indicator.dimension, place) for place, indicator in enumerate(model.indicators)]
    numbered.sort(key=lambda pair: (DIMENSIONS.index(pair[0]), pair[1]))
    groups = groupby(numbered, key=lambda pair: pair[0])
    return tuple((name, tuple(place for _, place in group)) for name, group in groups)


def dimensions_of(points: Sequence[float], model: Model) -> tuple[tuple[str, float, float], ...]:
    """Give each dimension with its largest points and what it adds to e."""
    tops = [(name, max([points[at] for at in group])) for name, group in places(model)]
    return tuple([(name, top, model.bonus.knots(top)) for name, top in tops])


def gate_of(status: str, model: Model) -> float:
    """Give the factor by property: within, edge or over the limits."""
    gate = model.gate
    return {"within": gate.within, "edge": gate.edge, "over": gate.over}[status]


def is_floored(household: Household, y: float, model: Model) -> bool:
    """Tell whether H is lifted: 特困, and orphans and 事实无人抚养 up to an income line."""
    if household.category is None or household.property == "over":
        return False
    return household.category == "tekun" or y <= model.floor.orphan_income * household.standard


def need(standard: float, size: int, left: float, model: Model) -> float:
    """Give B, the year's need in yuan a household."""
    aid = model.aid
    gap = aid.need_months * size * (aid.need_line * standard - left)
    return max(gap, aid.need_floor_months * standard * size)


def costs(household: Household, b: float, on: date, model: Model) -> tuple[float, ...]:
    """Give the nine B_type, yuan a year, in the order of `AidType`."""
    spend, size = household.spend, len(household.members)
    least = model.aid.need_floor_months * household.standard * size
    loss = disaster_loss(household.shocks, on, model.facts) if household.shocks else 0.0
    return (
        max(b, least),
        max(spend.medical, least),
        max(spend.rehabilitation, least),
        max(spend.education, least),
        least,
        least,
        least,
        least,
        max(loss, least),
    )


def types_after(
    before: Sequence[float], gate: float, got: Received, needs: Sequence[float], model: Model
) -> tuple[float, ...]:
    """Give the nine type indices after property and aid of their type."""
    cap, slope, sums = model.types.cap, model.types.slope, got.by_type
    return tuple(
        [
            part * gate * (1 - min(cap, slope * sums.get(kind, 0.0) / cost))
            for kind, part, cost in zip(TYPES, before, needs, strict=True)
        ]
    )


def band_of(h: float, bands: Bands) -> int:
    """Give the band of a rounded H: 1 极度, 2 重度, 3 中度, 4 一般, 5 关注."""
    ends = (bands.extreme, bands.heavy, bands.moderate, bands.ordinary)
    return 5 - sum([h >= end for end in ends])


def stand(entry: Entry, on: date, model: Model) -> Standing:
    """Score a registered household and give its place in the order and its flags."""
    household, decimals = entry.household, model.rounding.decimals
    steps = measure(household, on, model)
    result = score_of(household.number, steps, model)
    left = rounded(steps.money.left, decimals)
    return Standing(
        score=result,
        e=rounded(steps.e, decimals),
        left=left,
        y=rounded(steps.money.y, decimals),
        band=band_of(result.h, model.bands),
        last_payment=steps.received.last_payment,
        missed=is_missed(entry, result, steps.money.y, model),
        overlap=is_overlap(entry, result, on, model),
        order_key=order_key(
            a=result.a,
            h=result.h,
            left=left,
            last_payment=steps.received.last_payment,
            accepted=entry.accepted,
            number=household.number,
        ),
    )


def is_missed(entry: Entry, result: Score, y: float, model: Model) -> bool:
    """疑似漏救: nothing received, property not over, and poor, in hardship or recognised."""
    if result.v > 0 or entry.household.property == "over":
        return False
    flags = model.flags
    poor = y < flags.missed_income * entry.household.standard
    recognised = entry.household.category or entry.category
    return poor or result.h >= flags.missed_hardship or recognised is not None


def is_overlap(entry: Entry, result: Score, on: date, model: Model) -> bool:
    """疑似重复救助: two payers for one type in one month, or more than needed at discretion.

    Only entries and payments that count are looked at.
    """
    entries = [
        (aid, payer, free)
        for aid, (payer, free) in zip(entry.household.aid, entry.payers, strict=True)
        if not aid.failed
    ]
    if result.v > result.b and any(free for _, _, free in entries):
        return True
    payers: dict[tuple[str, int, int], str] = {}
    return any(
        payers.setdefault((aid.type, day.year, day.month), payer) != payer
        for aid, payer, _ in entries
        for day in counting_days(aid, on, model)
    )


def counting_days(aid: Aid, on: date, model: Model) -> list[date]:
    """Give the days of the payments that count something on a date."""
    return [day for day, amount in aid.payments if amount * worth(aid, day, on, model.facts) > 0]

"""Explains an index line by line, to the officer and to the family, so that it adds up exactly."""

from datetime import date
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from yangguang.aid.index.rules.grounds import grounds_of
from yangguang.aid.index.rules.household import (
    Measures,
    measure,
    score_of,
    sum_in_order,
)
from yangguang.aid.index.rules.model import Model
from yangguang.aid.index.types import Household, Score
from yangguang.foundation.kernel.sayings import NOTHING, Saying, listing, saying, translatable

DIMENSION_NAMES = {
    "economy": translatable("经济"),
    "health": translatable("健康"),
    "labour": translatable("劳动"),
    "education": translatable("教育"),
    "housing": translatable("住房"),
    "shock": translatable("突发事件"),
    "structure": translatable("家庭结构"),
}


class Line(Struct, frozen=True):
    """One indicator: its number (10 and on for a county's own), weight, points and what it adds.

    `counted` is weight × points / 100; `ground` a sentence made of the family's facts.
    """

    number: int
    name: str
    weight: float
    points: float
    counted: float
    ground: Saying


class Explanation(Struct, frozen=True):
    """The whole way to H and A, unrounded; each step can be done again by hand.

    H: the lines' `counted` in order make `weighted`; with `bonus` at most 100, times `gate`; when
    `floored`, `floor_base` + `floor_share` × that. A = H × (1 − `relief`), with V and B in yuan
    a year. `score` is the same, rounded. The texts say each step.
    """

    lines: tuple[Line, ...]
    weighted: float
    dimensions: tuple[tuple[str, float], ...]
    e: float
    bonus: float
    bonus_text: Saying
    gate: float
    gate_text: Saying
    floored: bool
    floor_base: float
    floor_share: float
    floor_text: Saying
    h: float
    v: float
    b: float
    relief: float
    relief_text: Saying
    a: float
    score: Score
    model: str
    digest: str

    @property
    def adds_up_to(self) -> tuple[float, float]:
        """Do the sum again from the lines: (H, A)."""
        weighted = sum_in_order([line.counted for line in self.lines])
        h = min(100.0, weighted + self.bonus) * self.gate
        if self.floored:
            h = self.floor_base + self.floor_share * h
        return h, h * (1 - self.relief)


class Difference(Struct, frozen=True):
    """What one change of facts would do: scores before and after, and the lines that move."""

    before: Score
    after: Score
    moved: tuple[tuple[str, float, float], ...]


def explain(household: Household, on: date, model: Model) -> Explanation:
    """Explain the indices of one household as of a date."""
    steps = measure(household, on, model)
    floor = model.floor
    return Explanation(
        lines=lines_of(household, steps, on, model),
        weighted=steps.weighted,
        dimensions=tuple(
            (DIMENSION_NAMES[name], part) for name, _, part in steps.dimensions if part > 0
        ),
        e=steps.e,
        bonus=steps.bonus,
        bonus_text=bonus_text(steps, model),
        gate=steps.gate,
        gate_text=gate_text(household, steps.gate),
        floored=steps.floored,
        floor_base=floor.base,
        floor_share=floor.share,
        floor_text=floor_text(steps, model),
        h=steps.h,
        v=steps.received.v,
        b=steps.b,
        relief=steps.relief,
        relief_text=relief_text(steps),
        a=steps.a,
        score=score_of(household.number, steps, model),
        model=model.version,
        digest=model.digest,
    )


def lines_of(household: Household, steps: Measures, on: date, model: Model) -> tuple[Line, ...]:
    """Give one line an indicator, and one for each of the county's own."""
    nine = zip(
        model.indicators,
        steps.points,
        steps.counted,
        grounds_of(household, steps, on, model),
        strict=True,
    )
    shipped = (
        (indicator.name, indicator.weight, points, counted, ground)
        for indicator, points, counted, ground in nine
    )
    local = (
        (item.name, item.weight, counted * 100 / item.weight if item.weight else 0.0, counted,
         saying("本县加设指标，依据：%(reference)s", {"reference": item.reference}))
        for item, counted in zip(model.local, steps.local, strict=True)
    )  # fmt: skip
    return tuple(
        Line(number, *parts) for number, parts in enumerate(chain(shipped, local), start=1)
    )


def bonus_text(steps: Measures, model: Model) -> Saying:
    """Say which dimensions make the bonus."""
    if not steps.bonus:
        return saying(
            "困难维度合计 %(sum)s，未超过 %(beyond)s，不加分",
            {"sum": f"{steps.e:.2f}", "beyond": f"{model.bonus.beyond:g}"},
        )
    named = [Saying(DIMENSION_NAMES[name]) for name, _, part in steps.dimensions if part > 0]
    return saying(
        "%(names)s同时困难，维度合计 %(sum)s，加 %(bonus)s 分",
        {
            "names": listing(named, translatable("、")),
            "sum": f"{steps.e:.2f}",
            "bonus": f"{steps.bonus:.2f}",
        },
    )


def gate_text(household: Household, gate: float) -> Saying:
    """Say what property does to the index."""
    text = {
        "within": translatable("财产未超低保限额，乘以 %(times)s"),
        "edge": translatable("财产超过低保限额、未超低保边缘限额，乘以 %(times)s"),
        "over": translatable("财产超标，乘以 %(times)s"),
    }[household.property]
    return saying(text, {"times": f"{gate:g}"})


def floor_text(steps: Measures, model: Model) -> Saying:
    """Say what the floor of those who are cared for wholly does; nothing where none holds."""
    if not steps.floored:
        return NOTHING
    return saying(
        "属特困供养或孤儿、事实无人抚养儿童，困难指数为 %(base)s 加所得的 %(share)s 倍",
        {"base": f"{model.floor.base:g}", "share": f"{model.floor.share:g}"},
    )


def relief_text(steps: Measures) -> Saying:
    """Say what the aid of the year takes off."""
    return saying(
        "近一年计入的救助 %(received)s 元，全年需要 %(needed)s 元，指数降低 %(relief)s",
        {
            "received": f"{steps.received.v:,.2f}",
            "needed": f"{steps.b:,.2f}",
            "relief": f"{steps.relief:.1%}",
        },
    )


def what_if(household: Household, on: date, model: Model, **changes: object) -> Difference:
    """Compare the scores of a household with those under changed facts (fields of `Household`)."""
    changed = replace(household, **changes)
    steps = [measure(facts, on, model) for facts in (household, changed)]
    before, after = (score_of(household.number, step, model) for step in steps)
    moved = tuple(
        (indicator.name, old, new)
        for indicator, old, new in zip(
            model.indicators, before.points.values(), after.points.values(), strict=True
        )
        if old != new
    )
    return Difference(before=before, after=after, moved=moved)

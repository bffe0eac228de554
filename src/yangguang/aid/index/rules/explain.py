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

DIMENSION_NAMES = {
    "economy": "经济",
    "health": "健康",
    "labour": "劳动",
    "education": "教育",
    "housing": "住房",
    "shock": "突发事件",
    "structure": "家庭结构",
}


class Line(Struct, frozen=True):
    """One indicator: its number (10 and on for a county's own), weight, points and what it adds.

    `counted` is weight × points / 100; `ground` a Chinese sentence made of the family's facts.
    """

    number: int
    name: str
    weight: float
    points: float
    counted: float
    ground: str


class Explanation(Struct, frozen=True):
    """The whole way to H and A, unrounded; each step can be done again by hand.

    H: the lines' `counted` in order make `weighted`; with `bonus` at most 100, times `gate`; when
    `floored`, `floor_base` + `floor_share` × that. A = H × (1 − `relief`), with V and B in yuan
    a year. `score` is the same, rounded. The texts say each step in Chinese.
    """

    lines: tuple[Line, ...]
    weighted: float
    dimensions: tuple[tuple[str, float], ...]
    e: float
    bonus: float
    bonus_text: str
    gate: float
    gate_text: str
    floored: bool
    floor_base: float
    floor_share: float
    floor_text: str
    h: float
    v: float
    b: float
    relief: float
    relief_text: str
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
        floor_text=(
            "属特困供养或孤儿、事实无人抚养儿童，"
            f"困难指数为 {floor.base:g} 加所得的 {floor.share:g} 倍"
            if steps.floored
            else ""
        ),
        h=steps.h,
        v=steps.received.v,
        b=steps.b,
        relief=steps.relief,
        relief_text=(
            f"近一年计入的救助 {steps.received.v:,.2f} 元，全年需要 {steps.b:,.2f} 元，"
            f"指数降低 {steps.relief:.1%}"
        ),
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
         f"本县加设指标，依据：{item.reference}")
        for item, counted in zip(model.local, steps.local, strict=True)
    )  # fmt: skip
    return tuple(
        Line(number, *parts) for number, parts in enumerate(chain(shipped, local), start=1)
    )


def bonus_text(steps: Measures, model: Model) -> str:
    """Say which dimensions make the bonus."""
    if not steps.bonus:
        return f"困难维度合计 {steps.e:.2f}，未超过 {model.bonus.beyond:g}，不加分"
    names = "、".join(DIMENSION_NAMES[name] for name, _, part in steps.dimensions if part > 0)
    return f"{names}同时困难，维度合计 {steps.e:.2f}，加 {steps.bonus:.2f} 分"


def gate_text(household: Household, gate: float) -> str:
    """Say what property does to the index."""
    return {
        "within": f"财产未超低保限额，乘以 {gate:g}",
        "edge": f"财产超过低保限额、未超低保边缘限额，乘以 {gate:g}",
        "over": f"财产超标，乘以 {gate:g}",
    }[household.property]


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

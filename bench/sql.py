"""The model as one PostgreSQL statement, written from its numbers: what a database alone can do."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from yangguang.aid.index.rules.arithmetic import WHOLE
from yangguang.aid.index.rules.gather import CATEGORIES, GRADES, PROPERTIES, TENURES, TYPES
from yangguang.aid.index.rules.household import places
from yangguang.aid.index.rules.model import Model
from yangguang.aid.index.rules.reading import Curve

RANKS = {"rank_village": 1, "rank_town": 1_000, "rank_county": 1_000_000, "rank_city": 100_000_000}
ORDER = 'a DESC, h DESC, "left", last_day, accepted, number'
ROUNDED = (
    *(f"p{number}" for number in range(1, 10)), "e", "h", "v", "b", "a", "left", "y",
    *(f"t_{kind}" for kind in TYPES),
)  # fmt: skip


def scoring(model: Model) -> str:
    """Give the statement that scores table `wide` with `shocks`, columns as `frames.score`."""
    source = f"SELECT w.*, {_SHOCK} FROM wide w {_EVENTS.format(_points(model))}"
    for step in (_money, _needs, _indicators, _types, _sums, _hardship, _after, _rounded):
        columns = ", ".join(f'{value} AS "{name}"' for name, value in step(model).items())
        keep = _KEPT if step is _rounded else "*"
        fence = " OFFSET 0" if step in _FENCED else ""
        source = f"SELECT {keep}, {columns} FROM ({source}{fence}) AS s"
    return f"SELECT s.*, {_flags(model)} FROM ({source}) AS s"


def ranking(scored: str) -> str:
    """Give the statement that ranks what another scores, in village, town, county and city.

    The windows sort narrow rows, which are then joined: faster than sorting all columns four times.
    """
    windows = ", ".join(
        f"row_number() OVER (PARTITION BY area / {size} ORDER BY {ORDER}) AS {name}"
        for name, size in RANKS.items()
    )
    return (
        f"WITH s AS MATERIALIZED ({scored}), r AS (SELECT household, {windows} FROM s) "
        f"SELECT s.*, {', '.join(RANKS)} FROM s JOIN r USING (household)"
    )


_KEPT = (
    "household, number, area, accepted, last_day, last_payment, deprived, standard, property, "
    "free, recognised, two_payers"
)

_EVENTS = """LEFT JOIN (
  SELECT e.household, max(points) AS shock, max(points) FILTER (WHERE disaster) AS "natural"
  FROM (SELECT s.household, s.disaster, {} AS points
        FROM shocks s JOIN wide USING (household)) AS e GROUP BY e.household
) AS ev ON ev.household = w.household"""


_SHOCK = 'coalesce(ev.shock, 0) AS p8, coalesce(ev."natural", 0) AS "natural"'


def _points(model: Model) -> str:
    table = model.indicators.shock
    base = f"greatest(income, standard * {model.facts.income_floor_months} * size)"
    return (
        f"fade * CASE WHEN main_worker_died THEN {table.main_worker_died}::float8 "
        f"ELSE {_curve(f'loss / {base}', table.knots)} END"
    )


def _curve(x: str, curve: Curve) -> str:
    points = curve.points
    cases = [f"WHEN {x} < {points[0][0]}::float8 THEN {points[0][1]}::float8"]
    for (x0, y0), (x1, y1) in pairwise(points):
        height = f"({x} - {x0}::float8) * {y1 - y0}::float8 / {x1 - x0}::float8 + {y0}::float8"
        cases.append(f"WHEN {x} < {x1}::float8 THEN {height}")
    return f"CASE {' '.join(cases)} ELSE {points[-1][1]}::float8 END"


def _largest(cases: Iterable[tuple[str, float]]) -> str:
    ordered = sorted(cases, key=lambda case: -case[1])
    tries = " ".join(f"WHEN {case} THEN {points}::float8" for case, points in ordered)
    return f"CASE {tries} ELSE 0::float8 END"


def _money(model: Model) -> dict[str, str]:
    spend = "(medical + education + rehabilitation + other)"
    return {
        "y": "income / 12 / size",
        "left": f"income / 12 / size - {spend} / 12 / size",
        "base": f"greatest(income, standard * {model.facts.income_floor_months} * size)",
    }


def _needs(model: Model) -> dict[str, str]:
    aid = model.aid
    least = f"standard * {aid.need_floor_months}::float8 * size"
    gap = f'size * {aid.need_months}::float8 * (standard * {aid.need_line}::float8 - "left")'
    return {
        "least": least,
        "b": f"greatest({gap}, {least})",
        "x_living": 'greatest("left", 0) / standard',
        "x_medical": "medical / base",
        "x_education": "education / base",
    }


def _stacked(counts: Mapping[str, float], others: float, cap: float) -> str:
    total = " + ".join(f"{name} * {points}::float8" for name, points in counts.items())
    top = _largest((f"{name} > 0", points) for name, points in counts.items())
    return f"least({top} + ({total} - {top}) * {others}::float8, {cap}::float8)"


def _indicators(model: Model) -> dict[str, str]:
    tables = model.indicators
    ill, disabled, school, work = (
        tables.illness, tables.disability, tables.education, tables.employment,
    )  # fmt: skip
    grades = ("grade_1", "grade_2", "grade_3", "grade_3_mind", "grade_4")
    return {
        "p1": _curve("x_living", tables.living.knots),
        "p2": _stacked({"severe": ill.severe, "chronic": ill.chronic}, ill.others, ill.cap),
        "p3": _stacked(
            {name: getattr(disabled, name) for name in grades}, disabled.others, disabled.cap
        ),
        "p4": f"without * {tables.labour.all_without}::float8 / size",
        "p5": (
            f"CASE WHEN employed = 0 THEN {work.none_employed}::float8 ELSE (size - without - "
            f"employed) * {work.part_employed}::float8 / (size - without) END"
        ),
        "p6": f"least(upper * {school.upper}::float8 + lower * {school.lower}::float8, "
        f"{school.cap}::float8)",
        "p7": _housing(model),
        "p9": _structure(model),
    }


def _housing(model: Model) -> str:
    table = model.indicators.housing
    return _largest(
        [
            (f"grade = {GRADES['D']}", table.grade_d),
            (f"grade = {GRADES['C']}", table.grade_c),
            (f"tenure = {TENURES['none']}", table.no_home),
            (f"tenure = {TENURES['rented']}", table.rented),
            (f"tenure = {TENURES['borrowed']}", table.borrowed),
            ("floor_area / size < area_line", table.small),
        ]
    )


def _structure(model: Model) -> str:
    table = model.indicators.structure
    return _largest(
        [
            ("unsupported", table.unsupported_child),
            ("alone", table.alone),
            ("single_parent AND minor", table.single_parent),
            ("only_child_lost", table.only_child_lost),
            ("aged", table.aged),
        ]
    )


def _types(model: Model) -> dict[str, str]:
    types, elderly, family = model.types, model.types.elderly, model.types.family

    def blend(of: object, points: str, spend: str) -> str:
        share, ratio = getattr(of, "points"), getattr(of, "ratio")  # noqa: B009
        curve = _curve(f"x_{spend}", model.facts.spending)
        return f"({points} * {share}::float8 + {ratio}::float8 * {curve}) / {share + ratio}::float8"

    ages = ("alone", "all_elder", "aged", "elder")
    return {
        "t_living": "p1",
        "t_medical": blend(types.medical, "p2", "medical"),
        "t_disability": "p3",
        "t_education": blend(types.education, "p6", "education"),
        "t_housing": "p7",
        "t_employment": "CASE WHEN size - without > employed THEN p5 ELSE 0::float8 END",
        "t_elderly": _largest((name, getattr(elderly, name)) for name in ages),
        "t_family": _largest(
            [
                ("unsupported", family.unsupported_child),
                ("single_parent AND minor", family.single_parent),
                ("only_child_lost", family.only_child_lost),
                ("bereft AND without > 0", family.bereft),
            ]
        ),
        "t_disaster": '"natural"',
    }


def _sums(model: Model) -> dict[str, str]:
    weights = [indicator.weight for indicator in model.indicators]
    parts = [f"p{place} * {weight / 100}::float8" for place, weight in enumerate(weights, start=1)]
    parts += [f"t_{item.measure} * {item.weight / 100}::float8" for item in model.local]
    tops = [
        f"greatest({', '.join(f'p{place + 1}' for place in group)})" for _, group in places(model)
    ]
    deprived = [
        f"({_round(top, model)} >= {model.bonus.deprived_from}::float8)::int" for top in tops
    ]
    gate = model.gate
    return {
        "weighted": " + ".join(parts),
        "e": " + ".join(_curve(top, model.bonus.knots) for top in tops),
        "deprived": " + ".join(deprived),
        "gate": (
            f"CASE property WHEN {PROPERTIES['over']} THEN {gate.over}::float8 "
            f"WHEN {PROPERTIES['edge']} THEN {gate.edge}::float8 ELSE {gate.within}::float8 END"
        ),
    }


def _hardship(model: Model) -> dict[str, str]:
    floor, bonus = model.floor, model.bonus
    gated = (
        f"least(weighted + greatest(e - {bonus.beyond}::float8, 0) * {bonus.points}::float8, 100)"
        " * gate"
    )
    kept = (
        f"property <> {PROPERTIES['over']} AND (category = {CATEGORIES['tekun']} OR "
        f"(category = {CATEGORIES['orphan']} AND y <= standard * {floor.orphan_income}::float8))"
    )
    lifted = f"{gated} * {floor.share}::float8 + {floor.base}::float8"
    return {"h": f"CASE WHEN {kept} THEN {lifted} ELSE {gated} END"}


def _after(model: Model) -> dict[str, str]:
    costs = {
        "living": "b", "medical": "medical", "disability": "rehabilitation",
        "education": "education", "disaster": "disaster_loss",
    }  # fmt: skip

    def unmet(received: str, need: str, slope: float, cap: float) -> str:
        return f"(1 - least({received} * {slope}::float8 / {need}, {cap}::float8))"

    aid, types = model.aid, model.types
    after = {"a": f"h * {unmet('v', 'b', aid.slope, aid.cap)}"}
    for kind in TYPES:
        need = f"greatest({costs[kind]}, least)" if kind in costs else "least"
        after[f"u_{kind}"] = f"t_{kind} * gate * {unmet(f'v_{kind}', need, types.slope, types.cap)}"
    return after


def _rounded(model: Model) -> dict[str, str]:
    names = {name: name.replace("t_", "u_") for name in ROUNDED}
    return {name: _round(f'"{source}"', model) for name, source in names.items()}


def _round(x: str, model: Model) -> str:
    scale = 10**model.rounding.decimals
    return f"(({x} * {scale}::float8 + {WHOLE}::float8) - {WHOLE}::float8) / {scale}::float8"


def _flags(model: Model) -> str:
    bands, flags = model.bands, model.flags
    ends = (bands.extreme, bands.heavy, bands.moderate, bands.ordinary)
    cases = " ".join(f"WHEN h >= {end} THEN {place}" for place, end in enumerate(ends, start=1))
    return (
        f"CASE {cases} ELSE 5 END AS band, "
        f"v = 0 AND property <> {PROPERTIES['over']} AND (y < standard * {flags.missed_income} "
        f"OR h >= {flags.missed_hardship} OR recognised) AS missed, "
        "two_payers OR (v > b AND free) AS overlap"
    )


# Without any fence the planner writes the steps out into one another; with one at every step it
# copies every column every time. These three were the fastest of ten that were tried.
_FENCED = (_types, _hardship, _rounded)

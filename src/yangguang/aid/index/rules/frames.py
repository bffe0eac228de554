"""The model as Narwhals expressions over a snapshot: a city on Polars, a nation on Spark."""

from functools import reduce
from operator import add

import narwhals as nw

from yangguang.aid.index.rules.expressions import along, order_key_of, over, rounded_of
from yangguang.aid.index.rules.gather import (
    CATEGORIES,
    GRADES,
    PROPERTIES,
    TENURES,
    TYPES,
    Snapshot,
)
from yangguang.aid.index.rules.household import places
from yangguang.aid.index.rules.model import Blend, Model, Relief, Types
from yangguang.foundation.engines.sessions import Lazy

POINTS = tuple(f"p{number}" for number in range(1, 10))
_N = nw.col("n")
AFTER = tuple(f"t_{kind}" for kind in TYPES)


def score(snapshot: Snapshot, model: Model) -> Lazy:
    """Score a snapshot, one row a household, the same to the last bit as `household.score`.

    Gives household, number, p1 … p9, deprived Int8, e, h, v, b, a, left (y − r), y Float64
    (left and y yuan a head and month, v and b yuan a year), band Int8 (1 极度 to 5 关注),
    last_payment Date?, t_living … t_disaster (after aid), missed, overlap Boolean, order_key
    String (ascending C order is the model's order). Nothing runs until a session fetches it.
    """
    return (
        numbers(snapshot, model)
        .with_columns(order_key_of(ordinal=nw.col("last_day")).alias("order_key"))
        .select(*COLUMNS)
    )


def numbers(snapshot: Snapshot, model: Model) -> Lazy:
    """Score a snapshot and keep what it was read from: the columns of `wide` and those of `score`.

    The order keys, which cost more to write than all numbers, are left out.
    """
    return _finished(_measured(snapshot, model), model)


COLUMNS = (
    "household", "number", *POINTS, "deprived", "e", "h", "v", "b", "a", "left", "y", "band",
    "last_payment", *AFTER, "missed", "overlap", "order_key",
)  # fmt: skip


def _measured(snapshot: Snapshot, model: Model) -> Lazy:
    """Take every step of the model, unrounded, column by column."""
    frame = snapshot.wide.join(_shocks(snapshot, model), on="household", how="left")
    for step in (_money, _needs, _points, _types, _tops, _sums, _hardship, _after):
        frame = frame.with_columns(**step(model))
    return frame


def _base(model: Model) -> nw.Expr:
    """Give Y′, yuan a year, never less than some months of the standard."""
    floor = nw.col("standard") * model.facts.income_floor_months * nw.col("size").cast(nw.Float64)
    return nw.max_horizontal(nw.col("income"), floor)


def _shocks(snapshot: Snapshot, model: Model) -> Lazy:
    """Give each household the points of its largest event, and of its largest natural disaster."""
    table = model.indicators.shock
    bases = snapshot.wide.select("household", _base(model).alias("base"))
    points = (
        nw.when(nw.col("main_worker_died"))
        .then(nw.lit(table.main_worker_died))
        .otherwise(along(nw.col("loss") / nw.col("base"), table.knots, nw.col("fade")))
    ) * nw.col("fade")
    natural = nw.when(nw.col("disaster")).then(nw.col("points")).otherwise(nw.lit(0.0))
    return (
        snapshot.shocks.join(bases, on="household", how="inner")
        .select("household", "disaster", points.alias("points"))
        .with_columns(natural.alias("natural"))
        .group_by("household")
        .agg(nw.col("points").max().alias("p8"), nw.col("natural").max())
    )


def _money(model: Model) -> dict[str, nw.Expr]:
    """Spread income and rigid spending over heads and months."""
    size = nw.col("size").cast(nw.Float64)
    spend = nw.col("medical") + nw.col("education") + nw.col("rehabilitation") + nw.col("other")
    y = over(nw.col("income"), 12.0, size) / size
    return {
        "n": size,
        "y": y,
        "left": y - over(spend, 12.0, size) / size,
        "base": _base(model),
        "p8": nw.col("p8").fill_null(0.0),
        "natural": nw.col("natural").fill_null(0.0),
    }


def _needs(model: Model) -> dict[str, nw.Expr]:
    """Give B and the least need of a type, yuan a year, and what the curves are read at."""
    aid, standard = model.aid, nw.col("standard")
    least = standard * aid.need_floor_months * nw.col("n")
    gap = nw.col("n") * aid.need_months * (standard * aid.need_line - nw.col("left"))
    return {
        "least": least,
        "b": nw.max_horizontal(gap, least),
        "x_living": nw.max_horizontal(nw.col("left"), nw.lit(0.0)) / standard,
        "x_medical": nw.col("medical") / nw.col("base"),
        "x_education": nw.col("education") / nw.col("base"),
    }


def _points(model: Model) -> dict[str, nw.Expr]:
    """Give the points of all indicators but the eighth, as `points.points_of` does for one."""
    tables = model.indicators
    ill, disabled, school = tables.illness, tables.disability, tables.education
    grades = {
        "grade_1": disabled.grade_1,
        "grade_2": disabled.grade_2,
        "grade_3": disabled.grade_3,
        "grade_3_mind": disabled.grade_3_mind,
        "grade_4": disabled.grade_4,
    }
    students = nw.col("upper") * school.upper + nw.col("lower") * school.lower
    illnesses = {"severe": ill.severe, "chronic": ill.chronic}
    return {
        "p1": along(nw.col("x_living"), tables.living.knots, _N),
        "p2": _stacked(illnesses, ill.others, ill.cap),
        "p3": _stacked(grades, disabled.others, disabled.cap),
        "p4": nw.col("without") * tables.labour.all_without / nw.col("n"),
        "p5": _employment(model),
        "p6": nw.min_horizontal(students, nw.lit(school.cap)),
        "p7": _housing(model),
        "p9": _structure(model),
    }


def _stacked(table: dict[str, float], others: float, cap: float) -> nw.Expr:
    """Count the largest points in full and the others by a share, up to a cap."""
    total = reduce(add, (nw.col(count) * points for count, points in table.items()))
    top = _largest({count: (nw.col(count) > 0, points) for count, points in table.items()})
    return nw.min_horizontal((total - top) * others + top, nw.lit(cap))


def _largest(cases: dict[str, tuple[nw.Expr, float]]) -> nw.Expr:
    """Give the largest points whose case holds, else 0: tried from the largest down."""
    result: nw.Expr = nw.lit(0.0)
    for case, points in sorted(cases.values(), key=lambda pair: pair[1]):
        result = nw.when(case).then(nw.lit(points)).otherwise(result)
    return result


def _employment(model: Model) -> nw.Expr:
    """The unemployed among the able; in full when none is able or none employed."""
    table = model.indicators.employment
    able = (nw.col("size") - nw.col("without")).cast(nw.Float64)
    share = (able - nw.col("employed")) * table.part_employed
    return (
        nw.when(nw.col("employed") == 0)
        .then(nw.lit(table.none_employed))
        .otherwise(share / nw.max_horizontal(able, nw.lit(1.0)))
    )


def _housing(model: Model) -> nw.Expr:
    """The largest of grade, tenure and space."""
    table, small = model.indicators.housing, nw.col("floor_area") / nw.col("n")
    return _largest(
        {
            "D": (nw.col("grade") == GRADES["D"], table.grade_d),
            "C": (nw.col("grade") == GRADES["C"], table.grade_c),
            "none": (nw.col("tenure") == TENURES["none"], table.no_home),
            "rented": (nw.col("tenure") == TENURES["rented"], table.rented),
            "borrowed": (nw.col("tenure") == TENURES["borrowed"], table.borrowed),
            "small": ((small < nw.col("area_line")).fill_null(value=False), table.small),
        }
    )


def _structure(model: Model) -> nw.Expr:
    """The largest burden of how the family is made up."""
    table = model.indicators.structure
    return _largest(
        {
            "unsupported": (nw.col("unsupported"), table.unsupported_child),
            "alone": (nw.col("alone"), table.alone),
            "single": (nw.col("single_parent") & nw.col("minor"), table.single_parent),
            "lost": (nw.col("only_child_lost"), table.only_child_lost),
            "aged": (nw.col("aged"), table.aged),
        }
    )


def _types(model: Model) -> dict[str, nw.Expr]:
    """Give the nine type indices before aid and gate, as `points.types_of` does for one."""
    types, elderly, family = model.types, model.types.elderly, model.types.family
    idle = (nw.col("size") - nw.col("without")) > nw.col("employed")
    ages = {
        "alone": elderly.alone,
        "all_elder": elderly.all_elder,
        "aged": elderly.aged,
        "elder": elderly.elder,
    }
    bereft = nw.col("bereft") & (nw.col("without") > 0)
    return {
        "t_living": nw.col("p1"),
        "t_medical": _blend(types.medical, "p2", "medical", model),
        "t_disability": nw.col("p3"),
        "t_education": _blend(types.education, "p6", "education", model),
        "t_housing": nw.col("p7"),
        "t_employment": nw.when(idle).then(nw.col("p5")).otherwise(nw.lit(0.0)),
        "t_elderly": _largest({name: (nw.col(name), points) for name, points in ages.items()}),
        "t_family": _largest(
            {
                "unsupported": (nw.col("unsupported"), family.unsupported_child),
                "single": (nw.col("single_parent") & nw.col("minor"), family.single_parent),
                "lost": (nw.col("only_child_lost"), family.only_child_lost),
                "bereft": (bereft, family.bereft),
            }
        ),
        "t_disaster": nw.col("natural"),
    }


def _blend(blend: Blend, points: str, spend: str, model: Model) -> nw.Expr:
    """Mix an indicator's points with the ratio of a spending to Y′."""
    ratio = along(nw.col(f"x_{spend}"), model.facts.spending, _N)
    mixed = nw.col(points) * blend.points + ratio * blend.ratio
    return over(mixed, blend.points + blend.ratio, _N)


def _tops(model: Model) -> dict[str, nw.Expr]:
    """Give the largest points of each dimension."""
    return {
        f"top_{name}": nw.max_horizontal(nw.lit(0.0), *(nw.col(POINTS[at]) for at in group))
        for name, group in places(model)
    }


def _sums(model: Model) -> dict[str, nw.Expr]:
    """Give the weighted sum, the sum of the dimensions' bonus, and how many are deprived."""
    weights = [indicator.weight for indicator in model.indicators]
    weighed = [*zip(POINTS, weights, strict=True)]
    weighed += [(f"t_{item.measure}", item.weight) for item in model.local]
    parts = [over(nw.col(name) * weight, 100.0, _N) for name, weight in weighed]
    tops = [nw.col(f"top_{name}") for name, _ in places(model)]
    decimals, limit = model.rounding.decimals, model.bonus.deprived_from
    deprived = [(rounded_of(top, decimals, _N) >= limit).cast(nw.Int8) for top in tops]
    return {
        "weighted": reduce(add, parts),
        "e": reduce(add, [along(top, model.bonus.knots, _N) for top in tops]),
        "deprived": reduce(add, deprived).cast(nw.Int8),
        "gate": _gate(model),
    }


def _gate(model: Model) -> nw.Expr:
    """Give the factor by property."""
    gate, status = model.gate, nw.col("property")
    return (
        nw.when(status == PROPERTIES["over"])
        .then(nw.lit(gate.over))
        .when(status == PROPERTIES["edge"])
        .then(nw.lit(gate.edge))
        .otherwise(nw.lit(gate.within))
    )


def _hardship(model: Model) -> dict[str, nw.Expr]:
    """Give H: sum and bonus capped, times the gate, lifted for those whom the State keeps."""
    floor, bonus = model.floor, model.bonus
    extra = nw.max_horizontal(nw.col("e") - bonus.beyond, nw.lit(0.0)) * bonus.points
    gated = nw.min_horizontal(nw.col("weighted") + extra, nw.lit(100.0)) * nw.col("gate")
    poor = nw.col("y") <= nw.col("standard") * floor.orphan_income
    kept = (nw.col("category") == CATEGORIES["tekun"]) | (
        (nw.col("category") == CATEGORIES["orphan"]) & poor
    )
    lifted = kept & (nw.col("property") != PROPERTIES["over"])
    return {"h": nw.when(lifted).then(gated * floor.share + floor.base).otherwise(gated)}


def _after(model: Model) -> dict[str, nw.Expr]:
    """Give A and the nine type indices after property and aid."""
    costs = {
        "living": "b",
        "medical": "medical",
        "disability": "rehabilitation",
        "education": "education",
        "disaster": "disaster_loss",
    }
    after = {"a": nw.col("h") * _unmet("v", nw.col("b"), model.aid)}
    for kind in TYPES:
        need = nw.col("least")
        if kind in costs:
            need = nw.max_horizontal(nw.col(costs[kind]), need)
        unmet = _unmet(f"v_{kind}", need, model.types)
        after[f"t_{kind}"] = nw.col(f"t_{kind}") * nw.col("gate") * unmet
    return after


def _unmet(received: str, need: nw.Expr, rule: Relief | Types) -> nw.Expr:
    """Give the share of an index that is left after aid."""
    return 1.0 - nw.min_horizontal(nw.col(received) * rule.slope / need, nw.lit(rule.cap))


def _finished(frame: Lazy, model: Model) -> Lazy:
    """Round, and read the band and the flags from what is rounded."""
    decimals = model.rounding.decimals
    names = (*POINTS, "e", "h", "v", "b", "a", "left", *AFTER)
    frame = frame.with_columns(*(rounded_of(nw.col(name), decimals, _N) for name in names))
    flags, standard = model.flags, nw.col("standard")
    poor = nw.col("y") < standard * flags.missed_income
    hard = nw.col("h") >= flags.missed_hardship
    excess = (nw.col("v") > nw.col("b")) & nw.col("free")
    return frame.with_columns(
        _band(model).alias("band"),
        (
            (nw.col("v") == 0)
            & (nw.col("property") != PROPERTIES["over"])
            & (poor | hard | nw.col("recognised"))
        ).alias("missed"),
        (nw.col("two_payers") | excess).alias("overlap"),
        rounded_of(nw.col("y"), decimals, _N).alias("y"),
    )


def _band(model: Model) -> nw.Expr:
    """Give the band of a rounded H, 1 to 5."""
    bands, h = model.bands, nw.col("h")
    return (
        nw.when(h >= bands.extreme)
        .then(nw.lit(1))
        .when(h >= bands.heavy)
        .then(nw.lit(2))
        .when(h >= bands.moderate)
        .then(nw.lit(3))
        .when(h >= bands.ordinary)
        .then(nw.lit(4))
        .otherwise(nw.lit(5))
        .cast(nw.Int8)
    )

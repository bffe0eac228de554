"""Gathers tidy frames into one wide row a household: the dated snapshot that models are tried on.

The ages, the grades without labour power and the fading days are read here: a model that changes
them needs a new gathering. All other numbers are read when the snapshot is scored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add

import narwhals as nw

from yangguang.aid.index.rules.arithmetic import limbs
from yangguang.aid.index.rules.expressions import over
from yangguang.aid.index.rules.facts import births
from yangguang.aid.index.rules.model import Facts
from yangguang.foundation.catalogue.types import AidType
from yangguang.foundation.engines.sessions import Lazy, day_number

TYPES = tuple(AidType.codes())
MIND = ["intellectual", "mental"]


@dataclass(frozen=True, slots=True)
class Frames:
    """The five tidy frames, lazy, in one engine; keys `household` and `aid` are Int64.

    households: household, number String, standard, income, medical, education, rehabilitation,
    other Float64 (yuan), dwelling_grade String?, tenure String, floor_area Float64?, area_line
    Float64, single_parent, only_child_lost Boolean, property String, category String?, accepted
    Int64 (microseconds since 1970).
    members: household, born Date, illness, disability_kind String?, disability_grade Int8?, student
    String?, employed, unable_to_work Boolean, marital String, unsupported_child Boolean.
    shocks: household, kind String, date Date, loss Float64, main_worker_died Boolean.
    aid: household, aid, type String, continuing Boolean, stopped Date?, failed Boolean, promised
    Float64, payer String, discretionary Boolean.
    payments: aid, date Date, amount Float64.
    """

    households: Lazy
    members: Lazy
    shocks: Lazy
    aid: Lazy
    payments: Lazy

    @classmethod
    def of(cls, frames: Mapping[str, Lazy]) -> "Frames":
        """Take the five frames by name."""
        return cls(**{name: frames[name] for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A city's facts on a date: `wide`, one row a household, and `shocks`, one row an event.

    wide: household, number, standard, income, medical, education, rehabilitation, other,
    floor_area, area_line, single_parent, only_child_lost, accepted as in `Frames`; grade, tenure,
    property, category Int8 (see `GRADES`, `TENURES`, `PROPERTIES`, `CATEGORIES`; 0 when none of
    them), recognised Boolean; size, severe, chronic, grade_1, grade_2, grade_3, grade_3_mind,
    grade_4, without, employed, upper, lower Int32; unsupported, minor, elder, all_elder, alone,
    aged, bereft, free, two_payers Boolean; v, v_living … v_disaster, disaster_loss Float64 (yuan);
    last_payment Date?, last_day Int64 (its ordinal, 0 never).
    shocks: household, fade Float64 (0 to 1), loss Float64, main_worker_died, disaster Boolean.
    """

    on: date
    wide: Lazy
    shocks: Lazy


GRADES = {"C": 1, "D": 2}
TENURES = {"rented": 1, "borrowed": 2, "none": 3}
PROPERTIES = {"edge": 1, "over": 2}
CATEGORIES = {"tekun": 1, "orphan": 2, "unsupported_child": 2}

_V = tuple(f"v_{kind}" for kind in TYPES)
_COUNTS = (
    "size", "severe", "chronic", "grade_1", "grade_2", "grade_3", "grade_3_mind", "grade_4",
    "without", "employed", "upper", "lower",
)  # fmt: skip


def gather(frames: Frames, on: date, reading: Facts) -> Snapshot:
    """Gather the frames as of a date; a household without members is left out.

    Nothing runs until a session fetches the result. Units as in `Frames` and `Snapshot`.
    """
    shocks = _shocks(frames.shocks, on, reading)
    counting = _counting(frames.aid, frames.payments, on, reading)
    wide = (
        _households(frames.households)
        .join(_members(frames.members, on, reading), on="household", how="inner")
        .join(_aid(frames.aid, counting), on="household", how="left")
        .join(_overlaps(frames.aid, counting), on="household", how="left")
        .join(_losses(shocks), on="household", how="left")
    )
    wide = wide.with_columns(
        *(nw.col(name).fill_null(0.0) for name in ("v", *_V, "disaster_loss")),
        nw.col("free").fill_null(value=False),
        nw.col("two_payers").fill_null(value=False),
        day_number("last_payment", wide).fill_null(0).alias("last_day"),
    )
    return Snapshot(on=on, wide=wide, shocks=shocks)


def _code(column: str, codes: Mapping[str, int]) -> nw.Expr:
    """Turn text into its number, anything else and null into 0."""
    result: nw.Expr = nw.lit(0)
    for text, number in codes.items():
        result = nw.when(nw.col(column) == text).then(nw.lit(number)).otherwise(result)
    return result.cast(nw.Int8)


def _households(households: Lazy) -> Lazy:
    """Keep the facts of the household itself, its words as numbers."""
    return households.select(
        "household", "number", "standard", "income", "medical", "education", "rehabilitation",
        "other", "floor_area", "area_line", "single_parent", "only_child_lost", "accepted",
        _code("dwelling_grade", GRADES).alias("grade"),
        _code("tenure", TENURES).alias("tenure"),
        _code("property", PROPERTIES).alias("property"),
        _code("category", CATEGORIES).alias("category"),
        (~nw.col("category").is_null()).alias("recognised"),
    )  # fmt: skip


def _members(members: Lazy, on: date, reading: Facts) -> Lazy:
    """Count the members of each household, as `facts.people` does for one."""
    lines = births(on, reading)
    born, grade = nw.col("born"), nw.col("disability_grade")
    mind = (grade == 3) & nw.col("disability_kind").is_in(MIND)
    student = ~nw.col("student").is_null()
    first, last = nw.col("first"), nw.col("last")
    facts = {
        "severe": nw.col("illness") == "severe",
        "chronic": nw.col("illness") == "chronic",
        "grade_1": grade == 1,
        "grade_2": grade == 2,
        "grade_3": (grade == 3) & ~nw.col("disability_kind").is_in(MIND),
        "grade_3_mind": mind,
        "grade_4": grade == 4,
        "without": nw.col("without"),
        "employed": nw.col("employed") & ~nw.col("without"),
        "upper": nw.col("student") == "upper",
        "lower": student & (nw.col("student") != "upper"),
        "unsupported": nw.col("unsupported_child"),
        "bereft": nw.col("marital").is_in(["widowed", "divorced"]) & (born <= lines.minor),
    }
    counted = members.with_columns(_without(on, reading).fill_null(value=False).alias("without"))
    grouped = counted.group_by("household").agg(
        nw.len().cast(nw.Int32).alias("size"),
        *(fact.fill_null(value=False).cast(nw.Int32).sum().alias(n) for n, fact in facts.items()),
        born.min().alias("first"),
        born.max().alias("last"),
    )
    return grouped.select(
        "household",
        *(nw.col(name).cast(nw.Int32) for name in _COUNTS),
        (nw.col("unsupported") > 0).alias("unsupported"),
        (nw.col("bereft") > 0).alias("bereft"),
        (last > lines.minor).alias("minor"),
        (first <= lines.elder).alias("elder"),
        (last <= lines.elder).alias("all_elder"),
        ((nw.col("size") == 1) & (first <= lines.alone)).alias("alone"),
        (first <= lines.aged).alias("aged"),
    )


def _without(on: date, reading: Facts) -> nw.Expr:
    """Tell who has no labour power, as `facts.without_labour` does for one member."""
    lines, born, grade = births(on, reading), nw.col("born"), nw.col("disability_grade")
    mind = nw.col("disability_kind").is_in(MIND).fill_null(value=False)
    graded = (mind & grade.is_in(reading.without_labour_mind_grades)) | (
        ~mind & grade.is_in(reading.without_labour_grades)
    )
    return (
        nw.col("unable_to_work")
        | ~nw.col("student").is_null()
        | (born > lines.child)
        | (born <= lines.elder)
        | graded.fill_null(value=False)
    )


def _shocks(shocks: Lazy, on: date, reading: Facts) -> Lazy:
    """Keep the events that have not wholly faded."""
    days = on.toordinal() - day_number("date", shocks)
    return (
        shocks.with_columns(days.alias("days"))
        .filter((nw.col("days") >= 0) & (nw.col("days") < reading.fade_days))
        .select(
            "household",
            _fade(nw.col("days"), reading).alias("fade"),
            "loss",
            "main_worker_died",
            (nw.col("kind") == "disaster").alias("disaster"),
        )
    )


def _fade(days: nw.Expr, reading: Facts) -> nw.Expr:
    """Give what is left after so many days, 0 to `fade_days`."""
    return over((reading.fade_days - days).cast(nw.Float64), float(reading.fade_days), days)


def _losses(shocks: Lazy) -> Lazy:
    """Sum the losses of natural disasters by household."""
    coarse, fine = limbs(nw.col("loss"))
    return (
        shocks.filter(nw.col("disaster"))
        .select("household", coarse.alias("coarse"), fine.alias("fine"))
        .group_by("household")
        .agg(nw.col("coarse").sum(), nw.col("fine").sum())
        .select("household", (nw.col("coarse") + nw.col("fine")).alias("disaster_loss"))
    )


def _counting(aid: Lazy, payments: Lazy, on: date, reading: Facts) -> Lazy:
    """Give the payments that count: aid, date, value (yuan, faded), as `facts.worth` for one."""
    today, stopped = on.toordinal(), day_number("stopped", aid)
    ended = nw.col("continuing") & (nw.col("stopped") < on).fill_null(value=False)
    since = today - stopped
    entries = aid.filter(~nw.col("failed")).select(
        "aid",
        "continuing",
        nw.when(ended).then(stopped).otherwise(nw.lit(today)).alias("anchor"),
        nw.when(ended & (since >= reading.fade_days))
        .then(nw.lit(0.0))
        .when(ended)
        .then(_fade(since, reading))
        .otherwise(nw.lit(1.0))
        .alias("share"),
    )
    day = day_number("date", payments)
    days = nw.col("days")
    return (
        payments.with_columns(day.alias("day"))
        .filter((nw.col("day") <= today) & (nw.col("day") > today - 2 * reading.fade_days))
        .join(entries, on="aid", how="inner")
        .with_columns((nw.col("anchor") - nw.col("day")).alias("days"))
        .filter((days >= 0) & (days < reading.fade_days))
        .select(
            "aid",
            "date",
            (
                nw.col("amount")
                * nw.when(nw.col("continuing"))
                .then(nw.col("share"))
                .otherwise(_fade(days, reading))
            ).alias("value"),
        )
        .filter(nw.col("value") > 0)
    )


def _aid(aid: Lazy, counting: Lazy) -> Lazy:
    """Sum the aid that counts by household, in all and by type; keep the last payment's date."""
    coarse, fine = limbs(nw.col("value"))
    paid = (
        counting.select("aid", "date", coarse.alias("coarse"), fine.alias("fine"))
        .group_by("aid")
        .agg(nw.col("coarse").sum(), nw.col("fine").sum(), nw.col("date").max())
    )
    high, low = limbs(nw.col("promised"))
    entries = (
        aid.filter(~nw.col("failed"))
        .join(paid, on="aid", how="left")
        .select(
            "household",
            "type",
            "discretionary",
            "date",
            (nw.col("coarse").fill_null(0.0) + high).alias("coarse"),
            (nw.col("fine").fill_null(0.0) + low).alias("fine"),
        )
    )
    sums = [
        nw.when(nw.col("type") == kind).then(nw.col(limb)).otherwise(nw.lit(0.0)).sum()
        .alias(f"{limb}_{kind}")
        for kind in TYPES
        for limb in ("coarse", "fine")
    ]  # fmt: skip
    grouped = entries.group_by("household").agg(
        *sums, nw.col("discretionary").any().alias("free"), nw.col("date").max()
    )
    return grouped.select(
        "household",
        "free",
        nw.col("date").alias("last_payment"),
        (_total("coarse") + _total("fine")).alias("v"),
        *((nw.col(f"coarse_{k}") + nw.col(f"fine_{k}")).alias(f"v_{k}") for k in TYPES),
    )


def _total(limb: str) -> nw.Expr:
    """Add one limb over the types, which is exact."""
    return reduce(add, (nw.col(f"{limb}_{kind}") for kind in TYPES))


def _overlaps(aid: Lazy, counting: Lazy) -> Lazy:
    """Find the households where two payers paid for one type in one month."""
    alive = aid.filter(~nw.col("failed"))
    differ = nw.col("least") != nw.col("most")
    ends = (nw.col("payer").min().alias("least"), nw.col("payer").max().alias("most"))
    suspects = alive.group_by("household", "type").agg(*ends).filter(differ)
    entries = alive.join(suspects, on=["household", "type"], how="semi")
    return (
        counting.join(entries.select("aid", "household", "type", "payer"), on="aid", how="inner")
        .with_columns(
            nw.col("date").dt.year().alias("year"), nw.col("date").dt.month().alias("month")
        )
        .group_by("household", "type", "year", "month")
        .agg(*ends)
        .filter(differ)
        .select("household")
        .unique()
        .with_columns(nw.lit(value=True).alias("two_payers"))
    )

"""What of a score is stored, from the frames of an area or from one household's standing."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from yangguang.aid.index.rules.arithmetic import SCORE_SHIFT, nano
from yangguang.aid.index.rules.flags import Flag, flags_of, review_day
from yangguang.aid.index.types import Aid, Standing
from yangguang.foundation.catalogue.types import AidType

COLUMNS = {
    "household_id": "bigint",
    "area_code": "text",
    "points": "double precision[]",
    "types": "double precision[]",
    "deprived": "smallint",
    "extent": "double precision",
    "hardship": "double precision",
    "received": "double precision",
    "need": "double precision",
    "assistance": "double precision",
    "left": "double precision",
    "members": "smallint",
    "band": "smallint",
    "last_payment_date": "date",
    "last_payment_fen": "bigint",
    "flags": "smallint",
    "order_key": "text",
    "model_version": "text",
    "facts_version": "integer",
    "on_date": "date",
}
NOT_COMPARED = ("points", "types", "on_date")
"""Columns of `COLUMNS` by which no two rows are told apart: the arrays are, one by one."""

POINTS = tuple(f"p{number}" for number in range(1, 10))
TYPES = tuple(f"t_{kind}" for kind in AidType.codes())

TYPE_DIGITS = 12
"""How many digits of a type's key stand before the order key of all."""


def type_key(value: float, order_key: str) -> str:
    """Give the key of a type's order: T ↓, then the order of all; 12 digits before `order_key`."""
    return f"{int(SCORE_SHIFT - nano(value))}{order_key}"


def read_type_key(key: str) -> tuple[float, float, str]:
    """Give the type index, A and the order key that a key of `type_key` was made of."""
    order_key = key[TYPE_DIGITS:]
    return _index(key[:TYPE_DIGITS]), _index(order_key[:12]), order_key


def _index(digits: str) -> float:
    return (SCORE_SHIFT - int(digits)) / 1e9


def edge_key(assistance: float) -> str:
    """Give the least key of families whose index lies below a number of whole billionths."""
    return str(int(SCORE_SHIFT - nano(assistance)) + 1)


def score_row(
    household_id: int,
    area_code: str,
    standing: Standing,
    *,
    members: int,
    last_fen: int,
    flags: Flag,
    model_version: str,
    facts_version: int,
    on: date,
) -> tuple[object, ...]:
    """Give the stored row of one household, in the order of `COLUMNS`."""
    score = standing.score
    return (
        household_id, area_code, [score.points[str(n)] for n in range(1, 10)],
        list(score.types.values()), score.deprived, standing.e, score.h, score.v, score.b, score.a,
        standing.left, members, standing.band, standing.last_payment, last_fen,
        int(flags), standing.order_key, model_version, facts_version, on,
    )  # fmt: skip


def flags_for(standing: Standing, *, reviewed: date, months: int, is_split: bool, on: date) -> Flag:
    """Put the findings about one household into bits; `months` is its review cycle."""
    return flags_of(
        review=review_day(reviewed, months) < on,
        missed=standing.missed,
        overlap=standing.overlap,
        split=is_split,
    )


def last_fen(aid: Sequence[Aid], last: date | None) -> int:
    """Sum what was paid on the day of the last payment that counts, fen; failed aid is left out."""
    paid = [day_and_yuan for one in aid if not one.failed for day_and_yuan in one.payments]
    return sum([round(yuan * 100) for day, yuan in paid if day == last])


def last_fens(lasts: pl.DataFrame, aid: pl.DataFrame, payments: pl.DataFrame) -> pl.DataFrame:
    """Give household, last_fen Int64 of all in `lasts`, as `last_fen` does for one.

    `lasts`: household, last_payment Date?; `aid` and `payments` as in `gather.Frames`.
    """
    sums = (
        payments.join(aid.filter(~pl.col("failed")).select("aid", "household"), on="aid")
        .join(
            lasts, left_on=["household", "date"], right_on=["household", "last_payment"], how="semi"
        )
        .group_by("household")
        .agg((pl.col("amount") * 100).round().cast(pl.Int64).sum().alias("last_fen"))
    )
    return lasts.join(sums, on="household", how="left").select(
        "household", pl.col("last_fen").fill_null(0)
    )


def score_frame(
    scored: pl.DataFrame,
    extra: pl.DataFrame,
    *,
    cycles: Mapping[str, int],
    model_version: str,
    on: date,
) -> pl.DataFrame:
    """Give the stored rows of an area, columns as `COLUMNS`, and points and types one by one.

    `scored` as `frames.score` gives it; `extra` by household: area_code, facts_version, category,
    reviewed, members, is_split, last_fen. Points (p1 … p9) and types (t_living
    … t_disaster) are written as PostgreSQL arrays too.
    """
    joined = scored.join(extra, on="household", how="inner")
    months = (
        pl.col("category")
        .fill_null("")
        .replace_strict(dict(cycles), default=cycles[""], return_dtype=pl.Int64)
    )
    due = pl.col("reviewed").dt.offset_by(pl.format("{}mo", months)) < on
    flags = (
        due.cast(pl.Int16) * int(Flag.REVIEW)
        + pl.col("missed").cast(pl.Int16) * int(Flag.MISSED)
        + pl.col("overlap").cast(pl.Int16) * int(Flag.OVERLAP)
        + pl.col("is_split").cast(pl.Int16) * int(Flag.SPLIT)
    )
    return joined.select(
        pl.col("household").alias("household_id"),
        "area_code",
        _array(POINTS).alias("points"),
        _array(TYPES).alias("types"),
        "deprived",
        pl.col("e").alias("extent"),
        pl.col("h").alias("hardship"),
        pl.col("v").alias("received"),
        pl.col("b").alias("need"),
        pl.col("a").alias("assistance"),
        "left",
        "members",
        "band",
        pl.col("last_payment").alias("last_payment_date"),
        pl.col("last_fen").alias("last_payment_fen"),
        flags.alias("flags"),
        "order_key",
        pl.lit(model_version).alias("model_version"),
        "facts_version",
        pl.lit(on).alias("on_date"),
        *POINTS,
        *TYPES,
    )


def _array(columns: Sequence[str]) -> pl.Expr:
    return pl.format("{{{}}}", pl.concat_str(columns, separator=","))


def changed(frame: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """Keep the rows of a frame that are not stored alike; what differs in the day alone is alike.

    `stored` has the frame's columns, but for those not compared: arrays as one text, and the day.
    """
    compared = [name for name in frame.columns if name not in NOT_COMPARED]
    return frame.join(stored.select(compared), on=compared, how="anti", nulls_equal=True)

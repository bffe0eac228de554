"""What is wrong with a roster, row by row: gathered as frames, told as lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from yangguang.foundation.kernel.masks import mask_card, mask_number, mask_phone

type Level = Literal["error", "warning"]

SCHEMA: Final = {
    "row": pl.UInt32,
    "key": pl.String,
    "value": pl.String,
    "message": pl.String,
    "level": pl.String,
}
_MASKS: Final = {"number": mask_number, "card": mask_card, "phone": mask_phone}


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding as it is told: row as Excel shows it, column as in the file, value masked."""

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition on a row that must not hold, and what is said of the column when it does."""

    key: str
    level: Level
    broken: pl.Expr
    message: str | pl.Expr


def none_found() -> pl.DataFrame:
    """Give a frame of problems without any."""
    return pl.DataFrame(schema=SCHEMA)


def find(frame: pl.DataFrame, rules: Sequence[Rule]) -> pl.DataFrame:
    """Hold every row against every rule; `frame` has `row` and, as text, each rule's key."""
    broken = frame.select(
        rule.broken.fill_null(False).alias(str(place)) for place, rule in enumerate(rules)
    )
    found = [
        told(frame.filter(broken[str(place)]), rule.key, rule.level, rule.message)
        for place, rule in enumerate(rules)
        if broken[str(place)].any()
    ]
    return pl.concat([none_found(), *found])


def told(frame: pl.DataFrame, key: str, level: Level, message: str | pl.Expr) -> pl.DataFrame:
    """Make problems of rows: all of them have this one."""
    value = pl.col(key) if key in frame.columns else pl.lit("")
    return frame.select(
        pl.col("row").cast(pl.UInt32),
        pl.lit(key).alias("key"),
        value.cast(pl.String).fill_null("").alias("value"),
        (pl.lit(message) if isinstance(message, str) else message).alias("message"),
        pl.lit(level).alias("level"),
    )


def masked(key: str, value: str) -> str:
    """Give a value as it may be shown: numbers, cards and phones in part."""
    mask = _MASKS.get(key)
    return mask(value) if mask and value else value


def gather(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Put problems together in the order of the file."""
    return pl.concat([none_found(), *frames]).sort("row", "level", maintain_order=True)

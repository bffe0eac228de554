"""Ranks families within village, town, county and city, exactly, for snapshots of any size."""

import narwhals as nw

from yangguang.foundation.engines.sessions import Lazy

LEVELS = {"village": 12, "town": 9, "county": 6, "city": 4}


def ranked(frame: Lazy, *, area: str = "area", key: str = "order_key") -> Lazy:
    """Add rank_village, rank_town, rank_county, rank_city (1 is neediest) to a frame.

    `area` holds the twelve-digit village code, `key` a column whose ascending order is the model's
    (`order_key`); ties, which only equal household numbers can make, are ranked in any order.
    """
    levels = frame.with_columns(
        *(nw.col(area).str.slice(0, length).alias(f"_{name}") for name, length in LEVELS.items())
    )
    ranks = (
        nw.col(key).rank("ordinal").over(f"_{name}").cast(nw.Int64).alias(f"rank_{name}")
        for name in LEVELS
    )
    return levels.with_columns(*ranks).drop(*(f"_{name}" for name in LEVELS))

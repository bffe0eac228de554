"""Scores and ranks a snapshot too large for memory: piece by piece, then one order of all."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import narwhals as nw
import polars as pl

from yangguang.aid.index.rules.expressions import order_parts
from yangguang.aid.index.rules.frames import COLUMNS, numbers
from yangguang.aid.index.rules.gather import Snapshot
from yangguang.aid.index.rules.model import Model
from yangguang.aid.index.rules.ranking import LEVELS
from yangguang.foundation.engines.snapshots import Stored, write_pieces

PIECE = 500_000
SCORES = tuple(name for name in COLUMNS if name != "order_key")
_ORDER = tuple(order_parts(ordinal=nw.col("last_day")))
_LONGEST = max(LEVELS.values())


def score_and_rank(stored: Stored, model: Model, folder: Path, *, rows: int = PIECE) -> Stored:
    """Score and rank a snapshot of any size, by Polars; the result is a snapshot in `folder`.

    `stored` holds `wide`, with `area` String (the twelve-digit village code), and `shocks`, as
    `gather.Snapshot` gives them, written by the key `household`. Writes `scores`, columns as
    `frames.score` but for the order key, in any order within a piece of `rows`; and `ranks`,
    neediest first: household, rank_village, rank_town, rank_county, rank_city Int64. In memory are
    one piece, and of all households only the whole numbers that order them.
    """
    return write_pieces(folder, stored.on, _results(stored, model, rows))


def _results(stored: Stored, model: Model, rows: int) -> Iterator[Mapping[str, pl.DataFrame]]:
    """Give the scores piece by piece, and at the end the ranks."""
    keys = []
    for piece in stored.chunks(("wide", "shocks"), key="household", rows=rows):
        scored = _scored(piece, stored, model)
        yield {"scores": scored.select(SCORES)}
        keys.append(scored.select("household", "number", "area", *_ORDER))
    if keys:
        yield {"ranks": _ranks(keys)}


def _scored(piece: Mapping[str, pl.DataFrame], stored: Stored, model: Model) -> pl.DataFrame:
    """Score one piece; streamed, so that what is only a step on the way is soon forgotten."""
    lazy = {name: nw.from_native(frame.lazy()) for name, frame in piece.items()}
    scored: pl.LazyFrame = (
        numbers(Snapshot(stored.on, lazy["wide"], lazy["shocks"]), model)
        .with_columns(**order_parts(ordinal=nw.col("last_day")))
        .select(*SCORES, nw.col("area").cast(nw.Int64), *_ORDER)
        .to_native()
    )
    return scored.collect(engine="streaming")


def _ranks(keys: list[pl.DataFrame]) -> pl.DataFrame:
    """Rank within village, town, county and city; empties `keys` on the way."""
    whole = pl.concat(keys)
    keys.clear()
    order = whole.select(pl.arg_sort_by(*_ORDER, "number")).to_series()
    sorted_ = whole.select("household", "area")[order]
    return sorted_.select(
        "household",
        *(
            pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
            .over(pl.col("area") // 10 ** (_LONGEST - length))
            .alias(f"rank_{name}")
            for name, length in LEVELS.items()
        ),
    )

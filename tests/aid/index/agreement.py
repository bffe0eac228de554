"""Compares an engine with the reference, household by household, to the last bit."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from yangguang.aid.index.rules import frames
from yangguang.aid.index.rules.gather import Frames, gather
from yangguang.aid.index.rules.household import stand
from yangguang.aid.index.rules.model import Model
from yangguang.aid.index.rules.tables import tables
from yangguang.aid.index.types import Entry, Standing
from yangguang.foundation.engines.sessions import Session


def run(session: Session, entries: Sequence[Entry], on: date, model: Model) -> pl.DataFrame:
    """Score entries in an engine, in their order."""
    snapshot = gather(Frames.of(session.load(tables(entries))), on, model.facts)
    return session.fetch(frames.score(snapshot, model)).sort("household")


def row_of(standing: Standing) -> dict[str, object]:
    """Give a standing as the frames write it."""
    score = standing.score
    return {
        "number": score.number,
        **{f"p{number}": points for number, points in score.points.items()},
        "deprived": score.deprived,
        "e": standing.e,
        "h": score.h,
        "v": score.v,
        "b": score.b,
        "a": score.a,
        "left": standing.left,
        "y": standing.y,
        "band": standing.band,
        "last_payment": standing.last_payment,
        **{f"t_{kind}": points for kind, points in score.types.items()},
        "missed": standing.missed,
        "overlap": standing.overlap,
        "order_key": standing.order_key,
    }


def assert_agreement(session: Session, entries: Sequence[Entry], on: date, model: Model) -> None:
    """Assert that every column of every household is the reference's, bit for bit."""
    rows = run(session, entries, on, model).drop("household").to_dicts()
    assert len(rows) == len(entries)
    for entry, row in zip(entries, rows, strict=True):
        assert row == row_of(stand(entry, on, model)), entry

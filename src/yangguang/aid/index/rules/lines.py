"""Scores a batch of households of no register by frames, giving scores in the JSON vocabulary."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from yangguang.aid.index.rules.frames import AFTER, POINTS, score
from yangguang.aid.index.rules.gather import TYPES, Frames, gather
from yangguang.aid.index.rules.model import Model
from yangguang.aid.index.rules.tables import entry, tables
from yangguang.aid.index.types import Household, Score
from yangguang.foundation.engines.sessions import Session


def scores(
    session: Session, households: Sequence[Household], on: date, model: Model
) -> list[Score]:
    """Score households in their order, the same as `household.score` each."""
    loaded = session.load(tables(entry(household) for household in households))
    snapshot = gather(Frames.of(loaded), on, model.facts)
    frame = session.fetch(score(snapshot, model)).sort("household")
    return [_score(row) for row in frame.iter_rows(named=True)]


def _score(row: Mapping[str, Any]) -> Score:
    """Give one row as a score."""
    return Score(
        number=row["number"],
        points={str(number): row[name] for number, name in enumerate(POINTS, start=1)},
        deprived=row["deprived"],
        h=row["h"],
        v=row["v"],
        b=row["b"],
        a=row["a"],
        types={kind: row[name] for kind, name in zip(TYPES, AFTER, strict=True)},
    )

"""Scoring a whole area: gathered once, scored as columns, stored by side tables."""

from datetime import date, datetime

import polars as pl
from django.db import connection, transaction

from yangguang.aid.index.actions.storing import alone, merge
from yangguang.aid.index.models import Run
from yangguang.aid.index.queries.gathering import Which, gather_frames, read_extra
from yangguang.aid.index.queries.model import Rulebook, rulebook, rulebooks
from yangguang.aid.index.rules.frames import score
from yangguang.aid.index.rules.gather import Frames, gather
from yangguang.aid.index.rules.stored import last_fens, score_frame
from yangguang.aid.index.rules.tables import SCHEMAS
from yangguang.foundation.audit.actions import record
from yangguang.foundation.engines.sessions import session
from yangguang.foundation.walls.context import Actor


@transaction.atomic
def score_area(scope: str, *, on: date, by: Actor, at: datetime) -> Run:
    """Score every open household of an area prefix as of a day and store what has changed.

    While it runs, those who have changed a family wait before they are rescored, and theirs counts.
    Marks of the area are taken up. May run twice: the second run changes nothing. Raises
    MissingPolicy where a standard or the model is missing.
    """
    area_code = scope.ljust(12, "0")
    alone()
    _take_marks(scope)
    scores = scored(Which(scope=scope), on)
    merge(Which(scope=scope), on, scores)
    run = Run.objects.create(
        area_code=area_code,
        on_date=on,
        model_version=rulebook(area_code, on).model.version,
        households=scores.height,
        finished_at=at,
    )
    record("index.score_area", kind="run", key=run.pk, area_code=area_code, by=by, at=at)
    return run


def _take_marks(scope: str) -> None:
    """Take the marks nobody holds; who holds one rescores that family when this run is over."""
    with connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM registry_mark WHERE household_id IN (
              SELECT household_id FROM registry_mark WHERE area_code >= %s AND area_code < %s
              FOR UPDATE SKIP LOCKED)""",
            [scope, scope + ":"],
        )


def scored(which: Which, on: date) -> pl.DataFrame:
    """Score what is asked for as columns; rows as `rules.stored.score_frame` gives them.

    Counties with a model or review cycles of their own are scored by them.
    """
    frames = gather_frames(which, on)
    extra = read_extra(which, frames, on)
    county = pl.col("area_code").str.slice(0, 6)
    books = rulebooks(frames["households"].select(county.unique()).to_series(), on)
    groups: list[tuple[Rulebook, list[str]]] = []
    for code, book in books.items():
        alike = next((codes for other, codes in groups if _scores_alike(other, book)), None)
        if alike is None:
            groups.append((book, [code]))
        else:
            alike.append(code)
    parts = [
        _scored_by(book, frames, extra.filter(county.is_in(codes)), on) for book, codes in groups
    ]
    return pl.concat(parts or [pl.DataFrame(schema={"household_id": pl.Int64})])


def _scores_alike(one: Rulebook, other: Rulebook) -> bool:
    return one.model.digest == other.model.digest and one.cycles == other.cycles


def _scored_by(
    book: Rulebook, frames: dict[str, pl.DataFrame], extra: pl.DataFrame, on: date
) -> pl.DataFrame:
    """Score the households of `extra` by one rulebook."""
    tidy = {name: frames[name].select(list(schema)) for name, schema in SCHEMAS.items()}
    tidy["households"] = tidy["households"].join(extra, on="household", how="semi")
    with session("polars") as engine:
        snapshot = gather(Frames.of(engine.load(tidy)), on, book.model.facts)
        result = engine.fetch(score(snapshot, book.model))
    paid = last_fens(result.select("household", "last_payment"), tidy["aid"], tidy["payments"])
    extra = extra.join(paid, on="household", how="inner")
    return score_frame(result, extra, cycles=book.cycles, model_version=book.model.version, on=on)

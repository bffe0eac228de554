"""Scoring a whole area: gathered once, scored as columns, stored by side tables."""

from datetime import date, datetime

from django.db import connection, transaction

from yangguang.aid.index.actions.storing import replace_area
from yangguang.aid.index.models import Run
from yangguang.aid.index.queries.gathering import Which, gather_frames, read_extra
from yangguang.aid.index.queries.model import cycles_for, model_for
from yangguang.aid.index.rules.frames import score
from yangguang.aid.index.rules.gather import Frames, gather
from yangguang.aid.index.rules.stored import score_frame, type_frame
from yangguang.aid.index.rules.tables import SCHEMAS
from yangguang.foundation.audit.actions import record
from yangguang.foundation.engines.sessions import session
from yangguang.foundation.walls.context import Actor


@transaction.atomic
def score_area(scope: str, *, on: date, by: Actor, at: datetime) -> Run:
    """Score every open household of an area prefix as of a day and store the result.

    Marks of the area are taken up. May run twice: the second run stores the same. Raises
    MissingPolicy where a standard or the model is missing.
    """
    area_code = scope.ljust(12, "0")
    _take_marks(scope)
    model = model_for(area_code, on)
    frames = gather_frames(Which(scope=scope), on)
    extra = read_extra(Which(scope=scope), frames, on)
    with session("polars") as engine:
        tidy = {name: frames[name].select(list(schema)) for name, schema in SCHEMAS.items()}
        snapshot = gather(Frames.of(engine.load(tidy)), on, model.facts)
        scored = engine.fetch(score(snapshot, model))
    scores = score_frame(
        scored, extra, cycles=cycles_for(area_code, on), model_version=model.version, on=on
    )
    replace_area(scope, scores, type_frame(scored, extra.select("household", "area_code")))
    run = Run.objects.create(
        area_code=area_code,
        on_date=on,
        model_version=model.version,
        households=scores.height,
        finished_at=at,
    )
    record("index.score_area", kind="run", key=run.pk, area_code=area_code, by=by, at=at)
    return run


def _take_marks(scope: str) -> None:
    """Take the marks first: what changes after the gathering leaves a mark of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM registry_mark WHERE area_code >= %s AND area_code < %s",
            [scope, scope + ":"],
        )

"""A changed model tried on an area first: who rises, who falls, who crosses the cut."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from yangguang.aid.index.queries.gathering import Which, gather_frames
from yangguang.aid.index.queries.model import model_for
from yangguang.aid.index.rules.frames import score
from yangguang.aid.index.rules.gather import Frames, Snapshot, gather
from yangguang.aid.index.rules.model import Model
from yangguang.aid.index.rules.tables import SCHEMAS
from yangguang.foundation.engines.sessions import session

_COMPARED = ("household", "a", "band", "order_key")


@dataclass(frozen=True, slots=True)
class Preview:
    """What a model would do: counts of households, and by county and band how many move.

    `by_area`: county code, households, risen, fallen, mean change of A. `by_band`: band before (1
    to 5), band after, households. `crossing`: into and out of the first `cut` places.
    """

    households: int
    risen: int
    fallen: int
    entering: int
    leaving: int
    by_area: list[tuple[str, int, int, int, float]]
    by_band: list[tuple[int, int, int]]


def loaded(scope: str, on: date, model: Model) -> tuple[Snapshot, pl.DataFrame]:
    """Load an area's snapshot once, and the county of each household."""
    frames = gather_frames(Which(scope=scope), on)
    tidy = {name: frames[name].select(list(schema)) for name, schema in SCHEMAS.items()}
    with session("polars") as engine:
        snapshot = gather(Frames.of(engine.load(tidy)), on, model.facts)
        wide, shocks = engine.fetch(snapshot.wide), engine.fetch(snapshot.shocks)
        kept = engine.load({"wide": wide, "shocks": shocks})
    places = frames["households"].select(
        "household", pl.col("area_code").str.slice(0, 6).alias("county")
    )
    return Snapshot(on, kept["wide"], kept["shocks"]), places


def preview(model: Model, *, scope: str, on: date, cut: int = 0) -> Preview:
    """Score an area by the model in force and by another, and compare; nothing is stored."""
    present = model_for(scope.ljust(12, "0"), on)
    snapshot, places = loaded(scope, on, present)
    return compare(snapshot, places, present, model, cut=cut)


def compare(
    snapshot: Snapshot, places: pl.DataFrame, present: Model, other: Model, *, cut: int
) -> Preview:
    """Compare two models on a loaded snapshot; `cut` is how many places the money reaches."""
    with session("polars") as engine:
        before = engine.fetch(
            score(snapshot, present).select("household", "a", "band", "order_key")
        )
        after = engine.fetch(score(snapshot, other).select("household", "a", "band", "order_key"))
    both = (
        before.with_columns(pl.col("order_key").rank().alias("rank"))
        .join(
            after.with_columns(pl.col("order_key").rank().alias("rank")),
            on="household",
            suffix="_new",
        )
        .join(places, on="household")
    )
    change = pl.col("a_new") - pl.col("a")
    inside, inside_new = pl.col("rank") <= cut, pl.col("rank_new") <= cut
    areas = both.group_by("county").agg(
        pl.len(), (change > 0).sum().alias("up"), (change < 0).sum().alias("down"),
        change.mean().alias("mean"),
    )  # fmt: skip
    bands = both.group_by("band", "band_new").len()
    return Preview(
        households=both.height,
        risen=both.select((change > 0).sum()).item(),
        fallen=both.select((change < 0).sum()).item(),
        entering=both.select((~inside & inside_new).sum()).item(),
        leaving=both.select((inside & ~inside_new).sum()).item(),
        by_area=areas.sort("county").rows(),
        by_band=bands.sort("band", "band_new").rows(),
    )

"""A changed model tried on an area first: who rises, who falls, who crosses the cut."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from yangguang.aid.index.queries.gathering import Which, gather_frames
from yangguang.aid.index.queries.model import model_for
from yangguang.aid.index.rules.frames import numbers
from yangguang.aid.index.rules.gather import Frames, Snapshot, gather
from yangguang.aid.index.rules.model import Model
from yangguang.aid.index.rules.tables import SCHEMAS
from yangguang.foundation.engines.sessions import session


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


@dataclass(frozen=True, slots=True)
class Loaded:
    """An area's snapshot with the numbers that the model in force gives, and each one's county."""

    snapshot: Snapshot
    present: pl.DataFrame


def loaded(scope: str, on: date) -> Loaded:
    """Load an area's snapshot once; what changed models are then tried on. Raises MissingPolicy."""
    model = model_for(scope.ljust(12, "0"), on)
    frames = gather_frames(Which(scope=scope), on)
    tidy = {name: frames[name].select(list(schema)) for name, schema in SCHEMAS.items()}
    with session("polars") as engine:
        snapshot = gather(Frames.of(engine.load(tidy)), on, model.facts)
        wide, shocks = engine.fetch(snapshot.wide), engine.fetch(snapshot.shocks)
        kept = engine.load({"wide": wide, "shocks": shocks})
    places = frames["households"].select(
        "household", pl.col("area_code").str.slice(0, 6).alias("county")
    )
    held = Snapshot(on, kept["wide"], kept["shocks"])
    return Loaded(held, _numbers(held, model).join(places, on="household"))


def _numbers(snapshot: Snapshot, model: Model) -> pl.DataFrame:
    """Score without the order keys, which cost more to write than the numbers they stand for."""
    with session("polars") as engine:
        return engine.fetch(numbers(snapshot, model).select(*_ORDER, "household", "band"))


_ORDER = ("a", "h", "left", "last_payment", "accepted", "number")


def preview(model: Model, *, scope: str, on: date, cut: int = 0) -> Preview:
    """Score an area by the model in force and by another, and compare; nothing is stored."""
    return compare(loaded(scope, on), model, cut=cut)


def compare(held: Loaded, other: Model, *, cut: int) -> Preview:
    """Compare another model with the one in force; `cut` is how many places the money reaches.

    A model that reads ages, grades or fading otherwise needs a snapshot of its own.
    """
    after = _numbers(held.snapshot, other)
    both = held.present.select("household", "county", "a", "band").join(
        after.select("household", "a", "band"), on="household", suffix="_new"
    )
    change = pl.col("a_new") - pl.col("a")
    areas = both.group_by("county").agg(
        pl.len(), (change > 0).sum().alias("up"), (change < 0).sum().alias("down"),
        change.mean().alias("mean"),
    )  # fmt: skip
    bands = both.group_by("band", "band_new").len()
    reached, reached_new = _reached(held.present, cut), _reached(after, cut)
    return Preview(
        households=both.height,
        risen=int(areas["up"].sum()),
        fallen=int(areas["down"].sum()),
        entering=len(reached_new - reached),
        leaving=len(reached - reached_new),
        by_area=areas.sort("county").rows(),
        by_band=bands.sort("band", "band_new").rows(),
    )


def _reached(frame: pl.DataFrame, cut: int) -> set[int]:
    """Give the families that the money reaches, in the model's order."""
    if not cut:
        return set()
    # Only who can be among the first is sorted in full.
    line = frame["a"].top_k(cut).min()
    above = frame.filter(pl.col("a") >= line)
    falling = [True, True, False, False, False, False]
    return set(above.sort(_ORDER, descending=falling, nulls_last=False)["household"].head(cut))

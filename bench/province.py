"""A province made of one made city, tile by tile, and what a child process does with it."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

import polars as pl

from bench.measure import peak_gb
from yangguang.aid.index.rules.gather import Frames, gather
from yangguang.aid.index.rules.loading import shipped
from yangguang.aid.index.rules.province import score_and_rank
from yangguang.aid.index.rules.tables import SCHEMAS
from yangguang.foundation.engines.sessions import session
from yangguang.foundation.engines.snapshots import Stored, read, write_pieces

ON = date(2026, 11, 24)
_MONEY = ("income", "medical", "education", "rehabilitation", "other")
_APART = 10_000_000
_CITIES = 20


def gathered(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Gather a city's tidy frames into a snapshot's `wide`, with areas, and `shocks`."""
    tidy = {name: frames[name].select(list(schema)) for name, schema in SCHEMAS.items()}
    areas = frames["households"].select("household", pl.col("area_code").alias("area"))
    with session("polars") as engine:
        snapshot = gather(Frames.of(engine.load(tidy)), ON, shipped().facts)
        wide, shocks = engine.fetch(snapshot.wide), engine.fetch(snapshot.shocks)
    return {
        "wide": wide.join(areas, on="household").sort("household"),
        "shocks": shocks.sort("household"),
    }


def write_province(folder: Path, city: dict[str, pl.DataFrame], households: int) -> Stored:
    """Write so many households: the city, again and again, in other places with other money."""
    return write_pieces(folder, ON, _tiles(city, households))


def _tiles(city: dict[str, pl.DataFrame], households: int) -> Iterator[dict[str, pl.DataFrame]]:
    for place in range(-(-households // city["wide"].height)):
        wide = _wide(city["wide"], place).head(households - place * city["wide"].height)
        shocks = city["shocks"].with_columns(pl.col("household") + place * _APART)
        yield {"wide": wide, "shocks": shocks.join(wide, on="household", how="semi")}


def _wide(wide: pl.DataFrame, place: int) -> pl.DataFrame:
    """Move the city to another place; each amount by a factor of its own, 0.8 to 1.2."""
    area = pl.col("area").cast(pl.Int64)
    area += place % _CITIES * 10**8 + place // _CITIES * 30 * 10**6
    amounts = [
        (pl.col(name) * _factor(place, salt)).round(2).alias(name)
        for salt, name in enumerate(_MONEY)
    ]
    return wide.with_columns(
        *(amounts if place else ()),
        pl.col("household") + place * _APART,
        pl.format("{}-{}", "number", pl.lit(place)).alias("number"),
        area.cast(pl.String).alias("area"),
    )


def _factor(place: int, salt: int) -> pl.Expr:
    dice = (pl.col("household") * 2_654_435_761 + place * 97 + salt * 7919) % 1009
    return dice / 1009 * 0.4 + 0.8


def main(source: Path, target: Path) -> None:
    """Check, score and rank a stored province; print the seconds and the peak in GB."""
    start = perf_counter()
    score_and_rank(read(source), shipped(), target)
    print(perf_counter() - start, peak_gb())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""A snapshot larger than memory gives the same scores and ranks as one held whole."""

from pathlib import Path

import polars as pl
import pytest
from msgspec.structs import replace

from tests.aid.index.households import ON
from tests.aid.index.test_engines import generated
from yangguang.aid.index.rules.frames import score
from yangguang.aid.index.rules.gather import Frames, gather
from yangguang.aid.index.rules.loading import shipped
from yangguang.aid.index.rules.province import SCORES, score_and_rank
from yangguang.aid.index.rules.ranking import ranked
from yangguang.aid.index.rules.tables import tables
from yangguang.aid.index.types import Entry
from yangguang.foundation.engines.sessions import session
from yangguang.foundation.engines.snapshots import Stored, write

VILLAGES = ("370102001001", "370102001002", "370102002001", "370112001001", "370211001001")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> tuple[Stored, pl.DataFrame]:
    """Store a generated province, and score and rank it whole."""
    with session("polars") as polars:
        loaded = polars.load(tables(_numbered(generated(120))))
        snapshot = gather(Frames.of(loaded), ON, shipped().facts)
        wide, shocks = polars.fetch(snapshot.wide), polars.fetch(snapshot.shocks)
        areas = wide.select(
            "household",
            pl.lit(pl.Series(VILLAGES)).gather(pl.col("household") % len(VILLAGES)).alias("area"),
        )
        scored = polars.fetch(score(snapshot, shipped())).join(areas, on="household")
        whole = polars.fetch(ranked(polars.load({"scored": scored})["scored"])).sort("household")
    frames = {"wide": wide.join(areas, on="household"), "shocks": shocks}
    folder = tmp_path_factory.mktemp("province")
    return write(folder, ON, frames, key="household"), whole


def _numbered(entries: list[Entry]) -> list[Entry]:
    """Give each family a number of its own: the last that an order goes by."""
    return [
        replace(entry, household=replace(entry.household, number=f"{place * 7 % 120:03}"))
        for place, entry in enumerate(entries)
    ]


@pytest.mark.slow
@pytest.mark.requirement(45)
@pytest.mark.parametrize("rows", [7, 1000])
def test_pieces_give_the_scores_and_ranks_of_the_whole(
    province: tuple[Stored, pl.DataFrame], rows: int, tmp_path: Path
) -> None:
    stored, whole = province
    result = score_and_rank(stored, shipped(), tmp_path, rows=rows)
    scores = result.frame("scores").collect().sort("household")
    assert scores.equals(whole.select(SCORES))
    levels = [name for name in whole.columns if name.startswith("rank_")]
    ranks = result.frame("ranks").collect()
    assert ranks.sort("household").equals(whole.select("household", *levels))


@pytest.mark.slow
def test_the_ranks_come_neediest_first(
    province: tuple[Stored, pl.DataFrame], tmp_path: Path
) -> None:
    stored, whole = province
    ranks = score_and_rank(stored, shipped(), tmp_path, rows=50).frame("ranks").collect()
    neediest = whole.sort("order_key")["household"].to_list()
    assert ranks["household"].to_list() == neediest

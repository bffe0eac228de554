"""Ranks within village, town, county and city."""

import polars as pl
import pytest

from yangguang.aid.index.rules.ranking import ranked
from yangguang.foundation.engines.sessions import session


@pytest.mark.requirement(45)
def test_each_level_ranks_its_own_families() -> None:
    frame = pl.DataFrame(
        {
            "area": ["370112001001", "370112001002", "370112002001", "370102001001"],
            "order_key": ["2", "1", "0", "3"],
        }
    )
    with session("polars") as polars:
        loaded = polars.load({"scores": frame})["scores"]
        result = polars.fetch(ranked(loaded)).sort("order_key")
    assert result["rank_city"].to_list() == [1, 2, 3, 4]
    assert result["rank_county"].to_list() == [1, 2, 3, 1]
    assert result["rank_town"].to_list() == [1, 1, 2, 1]
    assert result["rank_village"].to_list() == [1, 1, 1, 1]
    assert result.columns == [
        "area", "order_key", "rank_village", "rank_town", "rank_county", "rank_city",
    ]  # fmt: skip

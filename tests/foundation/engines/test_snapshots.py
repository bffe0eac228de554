"""A snapshot is what its manifest says, and is read piece by piece."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from yangguang.foundation.engines.snapshots import SnapshotSpoiled, read, write, write_pieces

ON = date(2026, 11, 24)
WIDE = pl.DataFrame({"household": [3, 1, 2, 5], "x": [30.0, 10.0, 20.0, 50.0]})
SHOCKS = pl.DataFrame({"household": [5, 1, 1], "loss": [5.0, 1.0, 2.0]})


def test_a_snapshot_comes_back_with_its_date_and_sorted(tmp_path: Path) -> None:
    write(tmp_path, ON, {"wide": WIDE}, key="household")
    stored = read(tmp_path)
    assert stored.on == ON
    assert stored.frame("wide").collect().equals(WIDE.sort("household"))


def test_pieces_are_cut_at_the_same_households_and_make_the_whole(tmp_path: Path) -> None:
    stored = write(tmp_path, ON, {"wide": WIDE, "shocks": SHOCKS}, key="household")
    pieces = list(stored.chunks(("wide", "shocks"), key="household", rows=3))
    assert [piece["wide"]["household"].to_list() for piece in pieces] == [[1, 2, 3], [5]]
    assert [piece["shocks"]["loss"].to_list() for piece in pieces] == [[1.0, 2.0], [5.0]]


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, ON, {"wide": WIDE}, key="household")
    WIDE.write_parquet(tmp_path / "wide.parquet")
    with pytest.raises(SnapshotSpoiled, match=r"wide\.parquet"):
        read(tmp_path)


def test_a_folder_without_a_manifest_is_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(SnapshotSpoiled, match=r"snapshot\.json"):
        read(tmp_path)


def test_what_comes_in_pieces_is_one_snapshot_and_is_cut_anew(tmp_path: Path) -> None:
    whole = WIDE.sort("household")
    pieces = ({"wide": whole[:3], "shocks": SHOCKS[1:]}, {"wide": whole[3:], "shocks": SHOCKS[:1]})
    write_pieces(tmp_path, ON, pieces)
    stored = read(tmp_path)
    assert stored.frame("wide").collect().equals(whole)
    cut = list(stored.chunks(("wide", "shocks"), key="household", rows=2))
    assert [piece["wide"]["household"].to_list() for piece in cut] == [[1, 2], [3, 5]]
    assert [piece["shocks"]["loss"].to_list() for piece in cut] == [[1.0, 2.0], [5.0]]


def test_pieces_that_stood_there_before_are_gone(tmp_path: Path) -> None:
    write_pieces(tmp_path, ON, ({"wide": WIDE}, {"wide": WIDE}))
    write_pieces(tmp_path, ON, ({"wide": WIDE},))
    assert read(tmp_path).frame("wide").collect().equals(WIDE)


def test_a_changed_piece_is_refused(tmp_path: Path) -> None:
    write_pieces(tmp_path, ON, ({"wide": WIDE}, {"wide": WIDE}))
    SHOCKS.write_parquet(tmp_path / "wide" / "000001.parquet")
    with pytest.raises(SnapshotSpoiled, match=r"000001\.parquet"):
        read(tmp_path)

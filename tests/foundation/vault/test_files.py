"""Files and keys of a back-up go where they belong, and over nothing."""

import io
import tarfile
from pathlib import Path

import pytest

from yangguang.foundation.vault import files
from yangguang.foundation.vault.rules.parts import BackupDamaged, PartReader, PartWriter
from yangguang.foundation.walls.keyring import read_ring

KEY = bytes(32)


@pytest.fixture
def folders(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an installation's folders, all empty."""
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setenv("YANGGUANG_ANCHOR", str(tmp_path / "anchor"))
    return tmp_path


def sealed(names: dict[str, bytes]) -> PartReader:
    out = io.BytesIO()
    writer = PartWriter(out, KEY)
    with tarfile.open(fileobj=writer, mode="w|") as tar:
        for name, data in names.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    writer.close()
    return PartReader(io.BytesIO(out.getvalue()), KEY, "files")


def test_files_come_back_as_they_were_packed(folders: Path) -> None:
    given = {"files/images/ab/1.jpg": b"picture", "anchor/2026-11-24.json": b"{}"}
    for name, data in given.items():
        (folders / name).parent.mkdir(parents=True, exist_ok=True)
        (folders / name).write_bytes(data)
    before = files.digests()
    assert set(before) == set(given)
    out = io.BytesIO()
    writer = PartWriter(out, KEY)
    files.pack(writer, before)
    writer.close()
    for name in given:
        (folders / name).unlink()
    assert files.unpack(PartReader(io.BytesIO(out.getvalue()), KEY, "files")) == 2
    assert files.digests() == before


@pytest.mark.parametrize(
    "name", ["files/../../outside", "keys/kek.key", "/etc/passwd", "files/../keys/x"]
)
def test_a_name_that_leads_outside_is_refused(folders: Path, name: str) -> None:
    with pytest.raises(BackupDamaged, match="指向文件夹之外"):
        files.unpack(sealed({name: b"x"}))
    assert not (folders / "outside").exists()


def test_an_anchor_that_stands_is_left_as_it_is(folders: Path) -> None:
    (folders / "anchor").mkdir()
    (folders / "anchor" / "day.json").write_bytes(b"newer")
    assert files.unpack(sealed({"anchor/day.json": b"older"})) == 0
    assert (folders / "anchor" / "day.json").read_bytes() == b"newer"


def test_a_place_with_pictures_is_not_empty(folders: Path) -> None:
    files.demand_no_files()
    (folders / "files").mkdir()
    files.demand_no_files()
    (folders / "files" / "1.jpg").write_bytes(b"")
    with pytest.raises(files.NotEmpty, match="files"):
        files.demand_no_files()


def test_all_keys_come_back_and_never_over_others(
    key_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = read_ring()
    held = files.keys()
    assert set(held) == {"keyring.json", "kek.key", "blinding.key"}
    assert files.unpack_keys(files.pack_keys(held)) == held
    files.demand_no_other_keys(held)
    monkeypatch.setenv("YANGGUANG_KEYS", str(tmp_path / "new"))
    monkeypatch.setenv("YANGGUANG_KEK", str(tmp_path / "apart" / "kek"))
    files.demand_no_other_keys(held)
    files.place_keys(held)
    assert read_ring() == ring
    assert not (tmp_path / "new" / "kek.key").exists()
    (tmp_path / "new" / "blinding.key").write_bytes(bytes(32))
    with pytest.raises(files.NotEmpty, match=r"blinding\.key"):
        files.demand_no_other_keys(held)

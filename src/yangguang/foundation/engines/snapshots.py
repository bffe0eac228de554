"""Dated snapshots in Parquet: a folder of frames with their date and digest, read in chunks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path
from shutil import rmtree

import msgspec
import polars as pl

from yangguang.foundation.kernel.refusals import Refusal

_MANIFEST = "snapshot.json"
_ROWS = 100_000


class SnapshotSpoiled(Refusal):
    """A snapshot's file is not what its manifest says."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(f"快照文件{path.name}缺失或内容与登记的摘要不符。请重新导出快照。")


class Manifest(msgspec.Struct, frozen=True):
    """What a snapshot says of itself: its date and the SHA-256 of each frame's file."""

    on: date
    digests: dict[str, str]


@dataclass(frozen=True, slots=True)
class Stored:
    """A snapshot on disk, checked against its manifest."""

    folder: Path
    on: date

    def frame(self, name: str) -> pl.LazyFrame:
        """Scan one frame lazily; one written in pieces comes back in their order."""
        whole = self.folder / f"{name}.parquet"
        return pl.scan_parquet(whole if whole.is_file() else self.folder / name)

    def chunks(
        self, names: tuple[str, ...], key: str, rows: int
    ) -> Iterator[dict[str, pl.DataFrame]]:
        """Give the frames piece by piece, cut at the same keys.

        The first name leads: every piece holds so many of its rows, and of the other frames the
        rows with the same keys. The frames must have been written with `key`.
        """
        lead, count = self.frame(names[0]), self.frame(names[0]).select(pl.len()).collect().item()
        for start in range(0, count, rows):
            piece = lead.slice(start, rows).collect()
            low, high = piece[key][0], piece[key][-1]
            others = {
                name: self.frame(name).filter(pl.col(key).is_between(low, high)).collect()
                for name in names[1:]
            }
            yield {names[0]: piece, **others}


def write(folder: Path, on: date, frames: Mapping[str, pl.DataFrame], *, key: str) -> Stored:
    """Write frames, each sorted by an Int64 key so that pieces can be cut, and a manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    digests = {}
    for name, frame in frames.items():
        path = folder / f"{name}.parquet"
        frame.sort(key).write_parquet(path, compression="zstd", row_group_size=_ROWS)
        digests[name] = _digest(path)
    return _signed(folder, on, digests)


def write_pieces(folder: Path, on: date, pieces: Iterable[Mapping[str, pl.DataFrame]]) -> Stored:
    """Write frames that come piece by piece, a file for each, and a manifest; memory holds a piece.

    For `Stored.chunks` the pieces bring their keys ascending. What stood in the folder under the
    same names is gone.
    """
    digests: dict[str, str] = {}
    counts: dict[str, int] = {}
    for piece in pieces:
        for name, frame in piece.items():
            place = counts.setdefault(name, 0)
            if place == 0:
                rmtree(folder / name, ignore_errors=True)
                (folder / name).mkdir(parents=True)
            counts[name] = place + 1
            path = folder / name / f"{place:06}.parquet"
            frame.write_parquet(path, compression="lz4", row_group_size=_ROWS)
            digests[f"{name}/{place:06}"] = _digest(path)
    return _signed(folder, on, digests)


def _signed(folder: Path, on: date, digests: dict[str, str]) -> Stored:
    """Write the manifest."""
    (folder / _MANIFEST).write_bytes(msgspec.json.encode(Manifest(on=on, digests=digests)))
    return Stored(folder, on)


def read(folder: Path) -> Stored:
    """Open a snapshot, checking every file's digest. Raises SnapshotSpoiled."""
    path = folder / _MANIFEST
    if not path.is_file():
        raise SnapshotSpoiled(path)
    manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    for name, digest in manifest.digests.items():
        file = folder / f"{name}.parquet"
        if not file.is_file() or _digest(file) != digest:
            raise SnapshotSpoiled(file)
    return Stored(folder, manifest.on)


def _digest(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()

"""Making a back-up of everything, and bringing one back into an empty place."""

import os
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from django.db import transaction

from yangguang.foundation.audit.actions import record
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.vault import files, postgres
from yangguang.foundation.vault.rules import manifest as rules
from yangguang.foundation.vault.rules.manifest import Contents, Manifest, Part
from yangguang.foundation.vault.rules.parts import (
    SALT,
    BackupDamaged,
    PartReader,
    PartWriter,
    Sink,
    Source,
    digest_of,
    key_for,
    master_key,
)
from yangguang.foundation.walls.context import Actor
from yangguang.foundation.walls.sealing import forget_keys

MANIFEST: Final = "manifest.json"
_LEAST: Final = 12

type Told = Callable[[str], None]


class PassphraseWeak(Refusal):
    """A passphrase is too short to keep a city's data."""


class FolderTaken(Refusal):
    """Something lies where a back-up is to be made."""


class RestoreDiffers(Refusal):
    """What was restored is not what was backed up."""


def demand_strong(passphrase: bytes) -> None:
    """Accept a passphrase of at least twelve bytes. Raises `PassphraseWeak`."""
    if len(passphrase) < _LEAST:
        raise PassphraseWeak(f"口令太短，至少 {_LEAST} 个字节。请用一句长话，或用密钥文件。")


def make_backup(
    folder: Path, keys_file: Path, *, passphrase: bytes, at: datetime, tell: Told
) -> tuple[Manifest, Contents]:
    """Write a back-up into an empty folder, its keys into a file apart; `tell` hears each step.

    Everybody goes on working: the database is that of one moment. The manifest comes last, so that
    a back-up cut short is none. Raises `FolderTaken`, `PassphraseWeak`, `MayNotReadAll`.
    """
    demand_strong(passphrase)
    _demand_free(folder, keys_file)
    salt = secrets.token_bytes(SALT)
    master = master_key(passphrase, salt)
    parts = []
    with postgres.snapshot() as (connection, name):
        tell("清点")
        # Pictures are written before their rows: taken now, none is missing.
        held = postgres.contents(connection, files.digests())
        tell("数据库")
        parts.append(_part(folder / f"{rules.DATABASE}.part", master, rules.DATABASE,
                           lambda out: postgres.dump(out, snapshot_name=name)))  # fmt: skip
    tell("文件")
    parts += [
        _part(folder / f"{rules.FILES}.part", master, rules.FILES,
              lambda out: files.pack(out, held.files)),
        _part(folder / f"{rules.CONTENTS}.part", master, rules.CONTENTS,
              lambda out: out.write(rules.write_contents(held))),
        _part(keys_file, master, rules.KEYS,
              lambda out: out.write(files.pack_keys(files.keys()))),
    ]  # fmt: skip
    made = Manifest(at, salt, tuple(parts))
    _write(folder / MANIFEST, rules.write_manifest(made, master))
    return made, held


def _demand_free(folder: Path, keys_file: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise FolderTaken(f"文件夹 {folder} 不是空的。请给一个新的或空的文件夹。")
    if keys_file.exists():
        raise FolderTaken(f"密钥备份文件 {keys_file} 已存在，没有覆盖。请换一个文件名。")
    if keys_file.resolve().is_relative_to(folder.resolve()):
        raise FolderTaken("密钥备份不能放在备份文件夹里面：两者须分开保存。请换一个位置。")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _part(path: Path, master: bytes, name: str, fill: Callable[[Sink], object]) -> Part:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        writer = PartWriter(file, key_for(master, name))
        fill(writer)
        writer.close()
        file.flush()
        os.fsync(file.fileno())
    return Part(name, writer.size, writer.digest)


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def open_backup(folder: Path, keys_file: Path, *, passphrase: bytes) -> tuple[Manifest, bytes]:
    """Read a back-up's manifest and hold every byte of it to that; give the master key too.

    Raises `BackupDamaged` for a wrong passphrase, a flipped bit, a missing or foreign part.
    """
    if not (folder / MANIFEST).exists():
        raise BackupDamaged(f"{folder} 里没有备份清单：不是备份，或备份没有做完。")
    data = (folder / MANIFEST).read_bytes()
    master = master_key(passphrase, rules.salt_of(data))
    manifest = rules.read_manifest(data, master)
    for part in manifest.parts:
        path = _path(part.name, folder, keys_file)
        if not path.exists():
            raise BackupDamaged(f"备份缺少“{part.name}”部分（{path}）。什么都没有恢复。")
        with path.open("rb") as file:
            if digest_of(file) != (part.size, part.sha256):
                raise BackupDamaged(
                    f"备份的“{part.name}”部分（{path}）与清单不符：被改动过、不完整，"
                    "或属于另一份备份。什么都没有恢复。"
                )
    return manifest, master


def _path(name: str, folder: Path, keys_file: Path) -> Path:
    return keys_file if name == rules.KEYS else folder / f"{name}.part"


def demand_empty(keys: Mapping[str, bytes]) -> None:
    """Accept a place where nothing stands that a restore could overwrite. Raises `NotEmpty`."""
    if postgres.tables():
        raise files.NotEmpty(
            "数据库里已有数据表。备份只恢复到空的数据库；请另建一个空库，或另设 YANGGUANG_STATE。"
        )
    files.demand_no_files()
    files.demand_no_other_keys(keys)


def restore_backup(folder: Path, keys_file: Path, *, passphrase: bytes, tell: Told) -> Contents:
    """Bring a back-up back into an empty place, and hold what then stands there to it.

    All of it is checked before anything is written. Raises `BackupDamaged`, `NotEmpty`,
    `ToolFailed`, `RestoreDiffers`.
    """
    tell("核对备份")
    _, master = open_backup(folder, keys_file, passphrase=passphrase)
    with keys_file.open("rb") as file:
        keys = files.unpack_keys(_reader(file, master, rules.KEYS).read())
    with (folder / f"{rules.CONTENTS}.part").open("rb") as file:
        expected = rules.read_contents(_reader(file, master, rules.CONTENTS).read())
    demand_empty(keys)
    tell("数据库")
    with (folder / f"{rules.DATABASE}.part").open("rb") as file:
        postgres.restore(lambda: _reader(_begun(file), master, rules.DATABASE))
    tell("文件和密钥")
    with (folder / f"{rules.FILES}.part").open("rb") as file:
        files.unpack(_reader(file, master, rules.FILES))
    files.place_keys(keys)
    forget_keys()
    tell("清点")
    with postgres.snapshot() as (connection, _):
        found = postgres.contents(connection, files.digests())
    demand_equal(expected, found)
    return found


def _begun(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    return file


def _reader(file: Source, master: bytes, name: str) -> PartReader:
    return PartReader(file, key_for(master, name), name)


def demand_equal(expected: Contents, found: Contents) -> None:
    """Accept contents that are the same to the last row. Raises `RestoreDiffers`."""
    said = rules.differences(expected, found)
    if said:
        raise RestoreDiffers("恢复的内容与备份时不一致，请不要启用：\n" + "\n".join(said[:20]))


@transaction.atomic
def note(verb: str, manifest: Manifest, *, area_code: str, by: Actor, at: datetime) -> None:
    """Record that a back-up was made or restored, by the digests of its parts."""
    record(
        f"vault.{verb}",
        kind="backup",
        key=manifest.made_at.isoformat(),
        area_code=area_code,
        by=by,
        at=at,
        content={part.name: part.sha256 for part in manifest.parts},
    )

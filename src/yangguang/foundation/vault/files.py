"""The folders that a back-up takes beside the database: pictures, anchors, keys."""

import base64
import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from django.conf import settings

from yangguang.foundation.audit.anchors import anchor_folder
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.kernel.state import key_folder
from yangguang.foundation.vault.rules.parts import BackupDamaged, PartReader, Sink, digest_of
from yangguang.foundation.walls.keeping import place_new
from yangguang.foundation.walls.keyring import kek_path

_KEK: Final = "kek.key"
# Made anew by every machine for itself.
_MACHINES_OWN: Final = frozenset({"app-role", "django", "keyring.lock"})


class NotEmpty(Refusal):
    """Something stands where a back-up is to be restored."""


def roots() -> dict[str, Path]:
    """Give the folders of files by the name they have in a back-up."""
    return {"files": Path(settings.MEDIA_ROOT), "anchor": anchor_folder()}


def all_files() -> Iterator[tuple[str, Path]]:
    """List every file: its path in a back-up and where it lies."""
    for name, root in roots().items():
        for path in sorted(root.rglob("*")):
            if path.is_file():
                yield f"{name}/{path.relative_to(root).as_posix()}", path


def digests() -> dict[str, str]:
    """Give the SHA-256 of every file by its path in a back-up."""
    found = {}
    for name, path in all_files():
        with path.open("rb") as file:
            found[name] = digest_of(file)[1]
    return found


def pack(into: Sink, names: Mapping[str, str]) -> None:
    """Write the named files as a tar."""
    with tarfile.open(fileobj=into, mode="w|") as tar:  # type: ignore[call-overload]
        for name, path in all_files():
            if name in names:
                tar.add(path, arcname=name, recursive=False)


def unpack(part: PartReader) -> int:
    """Put the files of a back-up in their places; an anchor that stands is left as it is."""
    count = 0
    with tarfile.open(fileobj=part, mode="r|") as tar:  # type: ignore[call-overload]
        for member in tar:
            path, data = _inside(member.name), tar.extractfile(member)
            if data is None or (member.name.startswith("anchor/") and path.exists()):
                continue
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            place_new(path, data.read())
            count += 1
    return count


def _inside(name: str) -> Path:
    """Give where a file of a back-up goes. Raises `BackupDamaged` for a name that leads outside."""
    root, _, inside = name.partition("/")
    folder = roots().get(root)
    path = (folder / inside).resolve() if folder else None
    if folder is None or path is None or not path.is_relative_to(folder.resolve()):
        raise BackupDamaged(f"备份里的文件名 {name} 指向文件夹之外，已停止。请换一份备份。")
    return path


def keys() -> dict[str, bytes]:
    """Give every key of the installation by its file's name."""
    found = {
        path.name: path.read_bytes()
        for path in sorted(key_folder().iterdir())
        if path.is_file() and path.name not in _MACHINES_OWN and not path.name.startswith(".")
    }
    if kek_path().exists():
        found[_KEK] = kek_path().read_bytes()
    return found


def pack_keys(found: Mapping[str, bytes]) -> bytes:
    """Write keys as JSON."""
    return json.dumps({n: base64.b64encode(key).decode() for n, key in found.items()}).encode()


def unpack_keys(data: bytes) -> dict[str, bytes]:
    """Read what `pack_keys` wrote."""
    return {name: base64.b64decode(key) for name, key in json.loads(data).items()}


def place_keys(found: Mapping[str, bytes]) -> None:
    """Put keys in their places; those that stand there already are the same."""
    for name, key in found.items():
        path = _key_path(name)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            place_new(path, key)


def demand_no_files() -> None:
    """Accept a place without pictures. Raises `NotEmpty`."""
    root = roots()["files"]
    if root.exists() and any(path.is_file() for path in root.rglob("*")):
        raise NotEmpty(f"文件夹 {root} 里已有文件。备份只恢复到空的地方；请另设 YANGGUANG_STATE。")


def demand_no_other_keys(found: Mapping[str, bytes]) -> None:
    """Accept a place without keys, or with these very ones. Raises `NotEmpty`."""
    for name, key in found.items():
        path = _key_path(name)
        if path.exists() and path.read_bytes() != key:
            raise NotEmpty(
                f"密钥文件 {path} 已存在，而且与备份里的不同。"
                "覆盖它会使用它加密的内容再也打不开；请另设 YANGGUANG_STATE。"
            )


def _key_path(name: str) -> Path:
    return kek_path() if name == _KEK else key_folder() / os.path.basename(name)

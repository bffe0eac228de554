"""What a back-up consists of, under a keyed digest; and what it holds, to be compared with."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from yangguang.foundation.vault.rules.parts import BackupDamaged, key_for

FORMAT: Final = 1
# The keys' part lies in a file of its own, to be kept elsewhere.
DATABASE: Final = "database"
FILES: Final = "files"
CONTENTS: Final = "contents"
KEYS: Final = "keys"


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it lies there: its bytes and their SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A whole back-up: when it was made, its salt, and its parts."""

    made_at: datetime
    salt: bytes
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part:
        """Give a part by its name."""
        return next(part for part in self.parts if part.name == name)


@dataclass(frozen=True, slots=True)
class Table:
    """What a table holds: its rows, and the sum of their digests, whatever their order."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What an installation holds, so that two can be compared.

    `tables` by name; `sums` are sums of money in fen by table and column; `files` SHA-256 by path.
    """

    tables: Mapping[str, Table]
    sums: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


def write_manifest(manifest: Manifest, master: bytes) -> bytes:
    """Write a manifest as JSON, its keyed digest within."""
    told = {
        "format": FORMAT,
        "made_at": manifest.made_at.isoformat(),
        "salt": manifest.salt.hex(),
        "parts": [asdict(part) for part in manifest.parts],
    }
    return json.dumps({**told, "hmac": _mac(told, master)}, indent=1).encode()


def salt_of(data: bytes) -> bytes:
    """Read the salt, which is all that may be believed before the digest is checked.

    Raises `BackupDamaged`.
    """
    return _understood(data)[1].salt


def read_manifest(data: bytes, master: bytes) -> Manifest:
    """Read a manifest that is the one written with this key. Raises `BackupDamaged`."""
    told, manifest = _understood(data)
    mac = told.pop("hmac")
    if not hmac.compare_digest(str(mac), _mac(told, master)):
        raise BackupDamaged("口令或密钥文件不对，或备份清单被改动过。什么都没有恢复。")
    return manifest


def _understood(data: bytes) -> tuple[dict[str, Any], Manifest]:
    try:
        told = json.loads(data)
        if told["format"] != FORMAT:
            raise ValueError("another format")
        parts = tuple(Part(one["name"], one["size"], one["sha256"]) for one in told["parts"])
        if sorted(part.name for part in parts) != sorted((DATABASE, FILES, CONTENTS, KEYS)):
            raise ValueError("other parts")
        made_at, salt = datetime.fromisoformat(told["made_at"]), bytes.fromhex(told["salt"])
        return told, Manifest(made_at, salt, parts)
    except (ValueError, KeyError, TypeError) as error:
        raise BackupDamaged("备份清单读不出来：已损坏，或不是本系统的备份。") from error


def _mac(told: Mapping[str, Any], master: bytes) -> str:
    text = json.dumps(told, sort_keys=True).encode()
    return hmac.new(key_for(master, "manifest"), text, hashlib.sha256).hexdigest()


def write_contents(contents: Contents) -> bytes:
    """Write contents as JSON."""
    return json.dumps(asdict(contents), sort_keys=True).encode()


def read_contents(data: bytes) -> Contents:
    """Read what `write_contents` wrote."""
    told = json.loads(data)
    tables = {name: Table(one["rows"], one["digest"]) for name, one in told["tables"].items()}
    return Contents(tables, told["sums"], told["files"])


def differences(expected: Contents, found: Contents) -> list[str]:
    """Name, in Chinese, what is not as it was; nothing when all is equal."""
    said = []
    for name in sorted({*expected.tables, *found.tables}):
        one, other = expected.tables.get(name), found.tables.get(name)
        if one != other:
            rows = [str(table.rows) if table else "无" for table in (one, other)]
            said.append(f"表 {name}：备份时{rows[0]}行，现在{rows[1]}行，内容不同")
    said += [
        f"金额合计 {name}：{expected.sums.get(name)} → {found.sums.get(name)} 分"
        for name in sorted({*expected.sums, *found.sums})
        if expected.sums.get(name) != found.sums.get(name)
    ]
    paths = {*expected.files, *found.files}
    said += [
        f"文件 {path}：摘要不同或缺失"
        for path in sorted(paths)
        if expected.files.get(path) != found.files.get(path)
    ]
    return said

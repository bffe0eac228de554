"""The canonical bytes of a record and the hash of a link; written down in docs/audit.md.

PostgreSQL makes the same bytes in `audit_canonical`, and `tools/verify.py` once more by itself.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from yangguang.foundation.audit.types import Fields

FORMAT: Final = "yangguang-audit-1"
_TEXTS: Final = Fields._fields.index("digest")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def framed(values: Iterable[str | int | bytes]) -> bytes:
    """Join values, each behind its length: four bytes, most significant first.

    Text is UTF-8, a number its decimal digits, bytes stand as they are.
    """
    parts = []
    for value in values:
        raw = value if isinstance(value, bytes) else str(value).encode()
        parts += [len(raw).to_bytes(4), raw]
    return b"".join(parts)


def canonical(fields: Fields) -> bytes:
    """Give the one way in which a record is written for hashing."""
    return framed(fields)


def fields_in(record: bytes) -> list[str]:
    """Give the fields of canonical bytes as text, the digests at the end as hexadecimal."""
    raw, at = [], 0
    while at < len(record):
        end = at + 4 + int.from_bytes(record[at : at + 4])
        raw.append(record[at + 4 : end])
        at = end
    return [part.decode() for part in raw[:_TEXTS]] + [part.hex() for part in raw[_TEXTS:]]


def microseconds(at: datetime) -> int:
    """Give a moment as microseconds since 1970 in UTC."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def moment(microseconds: int) -> datetime:
    """Give the moment, in UTC, of so many microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=microseconds)


def shard_of(area_code: str) -> str:
    """Give the shard of an area: its county's six digits, or the city's four, or two."""
    if area_code[4:6] != "00":
        return area_code[:6]
    return area_code[:4] if area_code[2:4] != "00" else area_code[:2]


def genesis(shard: str) -> bytes:
    """Give what stands before the first link of a shard."""
    return hashlib.sha256(f"{FORMAT}:{shard}".encode()).digest()


def chained(previous: bytes, record: bytes) -> bytes:
    """Give the hash of a link from the one before and the record's canonical bytes."""
    return hashlib.sha256(previous + record).digest()

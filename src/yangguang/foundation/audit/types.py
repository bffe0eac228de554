"""What the trail is made of, as values: records, links, tips, heads, and what is found wrong."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from yangguang.foundation.kernel.choices import Choices


class Fault(Choices):
    """留痕核验发现的问题."""

    EDITED = "edited", "记录被改动"
    DELETED = "deleted", "记录被删除"
    REORDERED = "reordered", "记录被换序"
    UNLINKED = "unlinked", "记录未入链"
    GAP = "gap", "链上缺号"
    TRUNCATED = "truncated", "链尾被截断"
    REBUILT = "rebuilt", "链被重造"
    HEAD_UNSOUND = "head_unsound", "链头不符"
    HEAD_MISSING = "head_missing", "链头缺失"


class Fields(NamedTuple):
    """A record's fields in the order in which they are hashed; `at` in microseconds since 1970."""

    id: int
    at: int
    verb: str
    object_kind: str
    object_key: str
    area_code: str
    actor_id: int
    actor_name: str
    actor_role: str
    reason: str
    ground: str
    digest: bytes
    before: bytes
    after: bytes
    root: bytes


class Tip(NamedTuple):
    """The last link of a shard's chain."""

    shard: str
    sequence: int
    hash: bytes


class Linked(NamedTuple):
    """One link with the canonical bytes of its record, or None when there is no such record."""

    sequence: int
    record_id: int
    hash: bytes
    canonical: bytes | None


@dataclass(frozen=True, slots=True)
class Released:
    """A release as the next head publishes it; `at` in microseconds since 1970."""

    at: int
    by: str
    second: str
    reason: str


@dataclass(frozen=True, slots=True)
class HeadFacts:
    """What a head says: where every chain ended, and what was released since the one before.

    `at` is in microseconds since 1970; `previous` is the hash of the head before, or 32 zeros.
    """

    number: int
    on: date
    at: int
    by: str
    previous: bytes
    tips: tuple[Tip, ...]
    releases: tuple[Released, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head with its signature, as it stands in the table and in an anchor file."""

    facts: HeadFacts
    algorithm: str
    key: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong, and where: `shard` and `sequence` in the chain, or a head's number.

    `record` is the record's key, 0 where there is none.
    """

    fault: Fault
    shard: str
    sequence: int
    record: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification saw and found."""

    records: int
    shards: int
    heads: int
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing was found wrong."""
        return not self.findings

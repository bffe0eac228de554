"""Walking a chain: what was edited, deleted, re-ordered, cut off or made anew, and where.

The walk goes on from the hash that stands in the table, so that one wrong record is one finding.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from yangguang.foundation.audit.rules.canonical import genesis
from yangguang.foundation.audit.types import Fault, Finding, Linked, Tip

_HELD: Final = 1000


@dataclass(slots=True)
class Walk:
    """One shard's chain, recomputed link by link and held against where heads say it ended.

    Links may come in any order, best in their own: one that comes early waits in memory.
    """

    shard: str
    ended: dict[int, set[bytes]]
    previous: bytes
    expected: int = 1
    records: int = 0
    findings: list[Finding] = field(default_factory=list)
    wrong: list[tuple[Linked, bytes]] = field(default_factory=list)
    waiting: dict[int, Linked] = field(default_factory=dict)

    def take(self, link: Linked) -> None:
        """Go one link further, and on to those that waited for it."""
        if link.sequence != self.expected:
            self.waiting[link.sequence] = link
            return
        self._check(link)
        while self.waiting and self.expected in self.waiting:
            self._check(self.waiting.pop(self.expected))

    def close(self) -> None:
        """Go on behind gaps, name what was wrong, and see whether the end is there."""
        for sequence in sorted(self.waiting):
            link = self.waiting[sequence]
            if sequence == self.expected:
                self._check(link)
                continue
            self.findings.append(Finding(Fault.GAP, self.shard, self.expected))
            # Behind a gap nobody knows any more what stood before.
            self.previous, self.expected = b"", sequence
            self._check(link)
        self.findings += _named(self.shard, self.wrong)
        if max(self.ended, default=0) >= self.expected:
            self.findings.append(Finding(Fault.TRUNCATED, self.shard, self.expected))

    def _check(self, link: Linked) -> None:
        sequence, record_id, stored, canonical = link
        if canonical is None:
            self.findings.append(Finding(Fault.DELETED, self.shard, sequence, record_id))
        else:
            self.records += 1
            previous = self.previous
            if previous and hashlib.sha256(previous + canonical).digest() != stored:
                self.wrong.append((link, previous))
        if sequence in self.ended and self.ended[sequence] != {stored}:
            self.findings.append(Finding(Fault.REBUILT, self.shard, sequence, record_id))
        self.previous, self.expected = stored, sequence + 1


def walk_of(shard: str, tips: Iterable[Tip]) -> Walk:
    """Stand before the first link of a shard; `tips` are where the heads say that it ended."""
    ended: dict[int, set[bytes]] = {}
    for tip in tips:
        ended.setdefault(tip.sequence, set()).add(tip.hash)
    return Walk(shard, ended, genesis(shard))


def _named(shard: str, wrong: Sequence[tuple[Linked, bytes]]) -> list[Finding]:
    """Tell moved records, whose hash stands behind another link, from edited ones.

    Beyond the first thousand none is looked for elsewhere.
    """
    stored = {link.hash for link, _ in wrong[:_HELD]}
    starts = stored | {previous for _, previous in wrong[:_HELD]}
    found = []
    for place, (link, _) in enumerate(wrong):
        is_moved = place < _HELD and any(
            hashlib.sha256(start + (link.canonical or b"")).digest() in stored for start in starts
        )
        fault = Fault.REORDERED if is_moved else Fault.EDITED
        found.append(Finding(fault, shard, link.sequence, link.record_id))
    return found

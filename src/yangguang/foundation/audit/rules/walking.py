"""Walking a chain: what was edited, deleted, re-ordered, cut off or made anew, and where.

The walk goes on from the hash that stands in the table, so that one wrong record is one finding.
Only wrong links are held in memory, a thousand a shard at the most.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

from yangguang.foundation.audit.rules.canonical import genesis
from yangguang.foundation.audit.types import Fault, Finding, Linked, Tip, Walked

_HELD: Final = 1000


def walk(shard: str, links: Iterable[Linked], tips: Iterable[Tip]) -> Walked:
    """Recompute the chain of a shard, given by sequence, and hold it against where it ended.

    `tips` are where the heads say that this chain ended.
    """
    ended: dict[int, set[bytes]] = {}
    for tip in tips:
        ended.setdefault(tip.sequence, set()).add(tip.hash)
    findings: list[Finding] = []
    wrong: list[tuple[Linked, bytes]] = []
    sha256, previous, expected, records = hashlib.sha256, genesis(shard), 1, 0
    for link in links:
        sequence, record_id, stored, canonical = link
        is_next = sequence == expected
        if not is_next:
            findings.append(Finding(Fault.GAP, shard, expected))
        if canonical is None:
            findings.append(Finding(Fault.DELETED, shard, sequence, record_id))
        else:
            records += 1
            # Behind a gap nobody knows any more what stood before.
            if is_next and sha256(previous + canonical).digest() != stored:
                wrong.append((link, previous))
        if sequence in ended and ended[sequence] != {stored}:
            findings.append(Finding(Fault.REBUILT, shard, sequence, record_id))
        previous, expected = stored, sequence + 1
    if max(ended, default=0) >= expected:
        findings.append(Finding(Fault.TRUNCATED, shard, expected))
    return Walked(records, (*findings, *_named(shard, wrong)))


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

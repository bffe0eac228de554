"""Verifying the whole trail, and giving it out so that others can."""

from collections.abc import Iterator
from typing import Any

from yangguang.foundation.audit.anchors import read_anchors
from yangguang.foundation.audit.models import Head
from yangguang.foundation.audit.queries.chains import (
    linked_shards,
    links_of,
    unlinked,
)
from yangguang.foundation.audit.rules.canonical import fields_in
from yangguang.foundation.audit.rules.heads import message
from yangguang.foundation.audit.rules.judging import judge, tips_by_shard
from yangguang.foundation.audit.rules.walking import walk
from yangguang.foundation.audit.types import Fault, Finding, SignedHead, Verdict
from yangguang.foundation.walls.signing import is_signed, signer


def verify() -> Verdict:
    """Recompute every chain and hold it against heads and anchors.

    Needs a transaction of its own, whose scope it sets. Reads heads first and links last: what is
    added meanwhile lies behind every tip.
    """
    heads, findings = judge(_stored_heads(), read_anchors(), is_ours=_is_ours)
    anchored = tips_by_shard(heads.values())
    findings += [Finding(Fault.UNLINKED, shard, 0, record) for shard, record in unlinked()]
    shards, records = sorted(linked_shards() | anchored.keys()), 0
    for shard in shards:
        walked = walk(shard, links_of(shard), anchored.get(shard, []))
        records += walked.records
        findings += walked.findings
    return Verdict(records, len(shards), len(heads), tuple(sorted(findings)))


def exported() -> Iterator[dict[str, Any]]:
    """Give the trail line by line as docs/audit.md describes it: heads, the unlinked, links.

    Needs a transaction of its own, whose scope it sets.
    """
    for head in _stored_heads():
        yield {"head": head}
    for shard, record in unlinked():
        yield {"unlinked": [shard, record]}
    for shard in sorted(linked_shards()):
        for link in links_of(shard):
            record_fields = None if link.canonical is None else fields_in(link.canonical)
            yield {
                "link": [shard, link.sequence, link.record_id, link.hash.hex()],
                "record": record_fields,
            }


def _stored_heads() -> list[Any]:
    return list(Head.objects.order_by("number").values_list("content", flat=True))


def _is_ours(head: SignedHead) -> bool:
    known = signer()
    return head.key == known.key and is_signed(
        message(head.facts), head.signature, algorithm=head.algorithm, key=known.key
    )

"""Verifying the whole trail, and giving it out so that others can."""

from collections.abc import Iterator
from typing import Any

from yangguang.foundation.audit.anchors import read_anchors
from yangguang.foundation.audit.models import Head
from yangguang.foundation.audit.queries.chains import all_links, linked_shards, links_of
from yangguang.foundation.audit.rules.canonical import fields_in
from yangguang.foundation.audit.rules.heads import message
from yangguang.foundation.audit.rules.judging import judge, tips_by_shard
from yangguang.foundation.audit.rules.walking import walk_of
from yangguang.foundation.audit.types import Fault, Finding, SignedHead, Verdict
from yangguang.foundation.walls.signing import is_signed, signer


def verify() -> Verdict:
    """Recompute every chain and hold it against heads and anchors.

    Needs a transaction of its own, whose scope it sets. Reads heads first and links last: what is
    added meanwhile lies behind every tip. Streamed.
    """
    heads, findings = judge(_stored_heads(), read_anchors(), is_ours=_is_ours)
    walks = {shard: walk_of(shard, tips) for shard, tips in tips_by_shard(heads.values()).items()}
    for shard, link, record in all_links():
        if link is None:
            findings.append(Finding(Fault.UNLINKED, shard, 0, record))
            continue
        walk = walks.get(shard)
        if walk is None:
            walk = walks[shard] = walk_of(shard, ())
        walk.take(link)
    for walk in walks.values():
        walk.close()
        findings += walk.findings
    records = sum(walk.records for walk in walks.values())
    return Verdict(records, len(walks), len(heads), tuple(sorted(findings)))


def exported() -> Iterator[dict[str, Any]]:
    """Give the trail line by line as docs/audit.md describes it: heads, the unlinked, links.

    Needs a transaction of its own, whose scope it sets.
    """
    for head in _stored_heads():
        yield {"head": head}
    for shard, link, record in all_links():
        if link is None:
            yield {"unlinked": [shard, record]}
    for shard in linked_shards():
        for link in links_of(shard):
            yield {
                "link": [shard, link.sequence, link.record_id, link.hash.hex()],
                "record": None if link.canonical is None else fields_in(link.canonical),
            }


def _stored_heads() -> list[Any]:
    return list(Head.objects.order_by("number").values_list("content", flat=True))


def _is_ours(head: SignedHead) -> bool:
    known = signer()
    return head.key == known.key and is_signed(
        message(head.facts), head.signature, algorithm=head.algorithm, key=known.key
    )

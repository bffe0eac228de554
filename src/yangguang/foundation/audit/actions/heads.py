"""Signing where all chains end, and putting it where others keep it."""

from datetime import date, datetime
from typing import Final

from django.db import connections, transaction

from yangguang.foundation.audit import models
from yangguang.foundation.audit.anchors import write_anchor
from yangguang.foundation.audit.rules import heads
from yangguang.foundation.audit.rules.canonical import microseconds
from yangguang.foundation.audit.rules.freshness import HeadBehind
from yangguang.foundation.audit.types import HeadFacts, Released, SignedHead, Tip
from yangguang.foundation.walls.context import Actor
from yangguang.foundation.walls.signing import signer

# Heads are the owner's: the role that serves may only read them.
OWNER: Final = "owner"

_LAST_LINKS: Final = """
SELECT s.code, l.sequence, l.hash FROM audit_shard s CROSS JOIN LATERAL (
  SELECT sequence, hash FROM audit_link WHERE shard = s.code ORDER BY sequence DESC LIMIT 1) l
ORDER BY s.code
"""


@transaction.atomic(using=OWNER)
def sign_head(*, on: date, at: datetime, by: Actor) -> SignedHead:
    """Sign a head over all chains and the releases since the last one, and anchor it.

    The head is its own record: numbered, chained to the one before, append-only. Its row stands
    only if its anchor file was written. Raises `HeadBehind` for a day or moment before the last
    head's, `AnchorTaken` when another head is anchored in its place.
    """
    with connections[OWNER].cursor() as cursor:
        # One after another, and no release still on its way that this head would miss.
        cursor.execute("LOCK TABLE audit_head IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("LOCK TABLE audit_release IN SHARE MODE")
    last = models.Head.objects.using(OWNER).order_by("-number").first()
    if last and (on < last.on_date or at < last.at):
        raise HeadBehind(
            f"最近的链头签于{last.on_date}，晚于现在的时间，没有签发。请核对服务器时钟。"
        )
    published = last.released_until if last else 0
    released = models.Release.objects.using(OWNER).filter(pk__gt=published).order_by("pk")
    facts = HeadFacts(
        number=last.number + 1 if last else 1,
        on=on,
        at=microseconds(at),
        by=by.name,
        previous=bytes(last.hash) if last else heads.FIRST,
        tips=_tips(),
        releases=tuple(
            Released(microseconds(one.at), one.by_name, one.second_name, one.reason)
            for one in released
        ),
    )
    return _anchored(facts, at=at, released_until=max([one.pk for one in released] or [published]))


def _tips() -> tuple[Tip, ...]:
    """Give the last link of each chain, in one statement and so at one moment."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(_LAST_LINKS)
        return tuple(Tip(shard, sequence, bytes(last)) for shard, sequence, last in cursor)


def _anchored(facts: HeadFacts, *, at: datetime, released_until: int) -> SignedHead:
    hand = signer()
    head = SignedHead(facts, hand.algorithm, hand.key, hand.sign(heads.message(facts)))
    models.Head.objects.using(OWNER).create(
        number=facts.number,
        on_date=facts.on,
        at=at,
        hash=heads.head_hash(facts),
        content=heads.written(head),
        released_until=released_until,
    )
    write_anchor(heads.written(head))
    return head

"""The newest head, and whether it is fresh enough to decide on money."""

from datetime import datetime

from django.utils.timezone import localtime

from yangguang.foundation.audit.models import Head, Release
from yangguang.foundation.audit.rules.freshness import demand_fresh
from yangguang.foundation.audit.rules.heads import read
from yangguang.foundation.audit.types import SignedHead


def newest_head() -> SignedHead | None:
    """Give the newest head, or None before the first. One query."""
    row = Head.objects.order_by("-number").first()
    return read(row.content) if row else None


def demand_anchored(*, at: datetime) -> None:
    """Accept while the newest head is at most 48 hours old, or a release is in force.

    Called by every verb that decides on money or pays it. Raises `AnchorTooOld`. Two queries.
    """
    if Release.objects.filter(at__lte=at, until__gt=at).exists():
        return
    last = Head.objects.order_by("-number").values_list("at", flat=True).first()
    demand_fresh(localtime(last) if last else None, at=at)

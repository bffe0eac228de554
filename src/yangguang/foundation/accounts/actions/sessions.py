"""Sessions that begin and end."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from yangguang.foundation.accounts.models import OpenSession
from yangguang.foundation.audit.actions import record
from yangguang.foundation.walls.context import Actor


@transaction.atomic
def end_sessions(staff_id: int, *, area_code: str, by: Actor, at: datetime, but: str = "") -> int:
    """End all sessions of a person, `but` one, and tell how many: their next request is a log-in.

    `area_code` is where the record is kept: the person's area.
    """
    standing = OpenSession.objects.filter(staff_id=staff_id).exclude(session_key=but)
    keys = list(standing.values_list("session_key", flat=True))
    if not keys:
        return 0
    Session.objects.filter(session_key__in=keys).delete()
    OpenSession.objects.filter(session_key__in=keys).delete()
    record(
        "accounts.end_sessions",
        kind="staff",
        key=staff_id,
        area_code=area_code,
        by=by,
        at=at,
        content={"sessions": len(keys)},
    )
    return len(keys)

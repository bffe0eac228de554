"""Sessions that begin and end."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from yangguang.foundation.accounts.models import OpenSession, Staff
from yangguang.foundation.accounts.queries import area_of
from yangguang.foundation.accounts.rules.sessions import ABSOLUTE, MOST
from yangguang.foundation.audit.actions import record
from yangguang.foundation.walls.context import Actor, enter, system


@transaction.atomic
def open_session(staff_id: int, *, key: str, replaces: str, device: str, at: datetime) -> None:
    """Write down that a person has logged in; of more than two sessions the oldest ends.

    `replaces` is the key of the session that the same browser had before, or "".

    The made city's people are shared by all who try it, and keep theirs.
    """
    staff = Staff.objects.select_for_update().get(pk=staff_id)
    code = area_of(staff_id)
    by = Actor(id=staff_id, name=staff.name, role="", scope=code)
    enter(system(code))
    _end([replaces])
    OpenSession.objects.filter(staff=staff, started_at__lte=at - ABSOLUTE).delete()
    OpenSession.objects.create(staff=staff, session_key=key, started_at=at, device=device)
    if not staff.is_demo:
        standing = OpenSession.objects.filter(staff=staff).order_by("-started_at", "-id")
        _end(list(standing.values_list("session_key", flat=True)[MOST:]))
    record("accounts.log_in", kind="staff", key=staff_id, area_code=code, by=by, at=at)


@transaction.atomic
def close_session(key: str, *, by: Actor, at: datetime) -> None:
    """End one session, by whose it is."""
    _end([key])
    record("accounts.log_out", kind="staff", key=by.id, area_code=area_of(by.id), by=by, at=at)


@transaction.atomic
def expire_session(key: str, *, at: datetime) -> None:
    """Forget a session whose time is over at a moment; nobody acted, so nothing is recorded."""
    OpenSession.objects.filter(session_key=key, started_at__lte=at).delete()


@transaction.atomic
def end_sessions(staff_id: int, *, area_code: str, by: Actor, at: datetime, but: str = "") -> int:
    """End all sessions of a person, `but` one, and tell how many: their next request is a log-in.

    `area_code` is where the record is kept: the person's area.
    """
    standing = OpenSession.objects.filter(staff_id=staff_id).exclude(session_key=but)
    keys = list(standing.values_list("session_key", flat=True))
    if not keys:
        return 0
    _end(keys)
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


def _end(keys: list[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
    OpenSession.objects.filter(session_key__in=keys).delete()

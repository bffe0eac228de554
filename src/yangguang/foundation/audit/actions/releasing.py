"""Letting money go on without a fresh anchor, in two persons' names."""

from datetime import datetime

from django.db import transaction

from yangguang.foundation.audit.actions.recording import record
from yangguang.foundation.audit.models import Release
from yangguang.foundation.audit.rules.freshness import RELEASED_FOR, demand_reason, demand_two
from yangguang.foundation.walls.context import Actor


@transaction.atomic
def release(reason: str, *, by: Actor, second: Actor, at: datetime) -> Release:
    """Let approvals and payments go on for 24 hours; the next head publishes names and reason.

    Whether both persons may is for the caller to ask. Raises `OnePerson`, `ReasonMissing`.
    """
    demand_two(by.id, second.id)
    made = Release.objects.create(
        at=at,
        until=at + RELEASED_FOR,
        by_id=by.id,
        by_name=by.name,
        second_id=second.id,
        second_name=second.name,
        reason=demand_reason(reason),
    )
    record(
        "audit.release",
        kind="release",
        key=made.pk,
        area_code=by.scope.ljust(12, "0"),
        by=by,
        at=at,
        reason=made.reason,
        content={"second": second.id, "until": made.until},
    )
    return made

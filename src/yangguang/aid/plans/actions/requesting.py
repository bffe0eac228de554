"""Asking for a long list, letting it go or not, and taking it once."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from yangguang.aid.plans.models import ExportRequest
from yangguang.aid.plans.rules import (
    NotInArea,
    SecondPersonNeeded,
    StatusUnfit,
    demand_consenter,
    demand_reason,
    is_open,
    needs_second,
)
from yangguang.aid.plans.types import ExportStatus, Subject
from yangguang.foundation.accounts.rules.roles import Permission, demand
from yangguang.foundation.audit.actions import record
from yangguang.foundation.walls.context import Actor


@transaction.atomic
def ask_export(subject: Subject, *, reason: str, by: Actor, at: datetime) -> ExportRequest:
    """Ask for a list of more than 500 rows.

    Raises `NotPermitted`, `ReasonMissing`, and `StatusUnfit` for a list that needs no second person
    or for which a request of one's own waits.
    """
    demand(by.role, Permission.EXPORT_LISTS)
    if not needs_second(subject.rows):
        raise StatusUnfit("这份名单不超过500行，不必申请。请直接导出。")
    if _own(subject, by).filter(status=ExportStatus.ASKED).exists():
        raise StatusUnfit("您对这份名单的申请还在等待审定。请联系另一名有导出权限的人员办理。")
    made = ExportRequest.objects.create(
        kind=subject.kind, key=subject.key, number=subject.number, title=subject.title,
        area_code=subject.area_code, rows=subject.rows, reason=demand_reason(reason),
        status=ExportStatus.ASKED, asked_at=at, asked_by=by.id, asked_by_name=by.name,
    )  # fmt: skip
    _note("ask_export", made, by=by, at=at, reason=made.reason)
    return made


@transaction.atomic
def grant_export(request_id: int, *, by: Actor, at: datetime) -> ExportRequest:
    """Let a list go: its asker may take it once within 24 hours.

    Raises `NotPermitted`, `NotInArea`, `SamePerson`, `StatusUnfit`.
    """
    asked = _undecided(request_id, by=by)
    _decide(asked, ExportStatus.GRANTED, by=by, at=at)
    _note("grant_export", asked, by=by, at=at)
    return asked


@transaction.atomic
def decline_export(request_id: int, *, reason: str, by: Actor, at: datetime) -> ExportRequest:
    """Keep a list in, with a reason.

    Raises `NotPermitted`, `NotInArea`, `SamePerson`, `StatusUnfit`, `ReasonMissing`.
    """
    asked = _undecided(request_id, by=by)
    asked.decline_reason = demand_reason(reason)
    _decide(asked, ExportStatus.DECLINED, by=by, at=at)
    _note("decline_export", asked, by=by, at=at, reason=asked.decline_reason)
    return asked


def take_consent(subject: Subject, *, by: Actor, at: datetime) -> None:
    """Use up another person's consent where a list is long; part of the verb that exports.

    Raises `SecondPersonNeeded` without one that is open, and when the list has grown since.
    """
    if not needs_second(subject.rows):
        return
    granted = _own(subject, by).filter(status=ExportStatus.GRANTED)
    held = granted.select_for_update(no_key=True).order_by("-id").first()
    if held is None or not is_open(held.decided_at, at=at):
        raise SecondPersonNeeded(
            f"这份名单有{subject.rows}行，超过500行的须经另一名有导出权限的人员同意。请先提出申请。"
        )
    if subject.rows > held.rows:
        raise SecondPersonNeeded("同意之后名单又增加了，同意不再适用。请按现在的名单重新申请。")
    held.status, held.taken_at = ExportStatus.TAKEN, at
    held.save(update_fields=["status", "taken_at"])


def _own(subject: Subject, by: Actor) -> QuerySet[ExportRequest]:
    return ExportRequest.objects.filter(kind=subject.kind, key=subject.key, asked_by=by.id)


def _undecided(request_id: int, *, by: Actor) -> ExportRequest:
    demand(by.role, Permission.EXPORT_LISTS)
    asked = ExportRequest.objects.select_for_update(no_key=True).filter(pk=request_id).first()
    if asked is None:
        raise NotInArea("没有找到这份申请，或不在您的辖区。请从导出申请页重新进入。")
    demand_consenter(by.id, asked_by=asked.asked_by)
    if asked.status != ExportStatus.ASKED:
        raise StatusUnfit("这份申请已经审定。请刷新页面查看结果。")
    return asked


def _decide(asked: ExportRequest, status: ExportStatus, *, by: Actor, at: datetime) -> None:
    asked.status, asked.decided_at = status, at
    asked.decided_by, asked.decided_by_name = by.id, by.name
    asked.save()


def _note(verb: str, asked: ExportRequest, *, by: Actor, at: datetime, reason: str = "") -> None:
    content = {"kind": asked.kind, "number": asked.number, "rows": asked.rows}
    record(
        f"plans.{verb}", kind="export", key=asked.pk, area_code=asked.area_code, by=by, at=at,
        reason=reason, content=content,
    )  # fmt: skip

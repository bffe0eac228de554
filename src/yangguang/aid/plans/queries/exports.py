"""Which long lists are asked for, by whom, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from yangguang.aid.plans.models import ExportRequest, Plan
from yangguang.aid.plans.rules import is_open
from yangguang.aid.plans.types import ExportKind, ExportStatus, Subject

MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """A request as a page shows it; `is_open`: granted, and may still be taken."""

    id: int
    kind: ExportKind
    key: int
    number: str
    title: str
    rows: int
    reason: str
    status: ExportStatus
    asked_at: datetime
    asked_by: int
    asked_by_name: str
    decided_at: datetime | None
    decided_by_name: str
    decline_reason: str
    taken_at: datetime | None
    is_open: bool


def plan_subject(plan: Plan) -> Subject:
    """Give a plan's list as the subject of an export."""
    return Subject(
        kind=ExportKind.PLAN, key=plan.pk, number=plan.number, title=plan.title,
        area_code=plan.area_code, rows=plan.families_count,
    )  # fmt: skip


def plan_subject_of(plan_id: int) -> Subject | None:
    """Give a plan of the scope as the subject of an export, or None. One query."""
    plan = Plan.objects.filter(pk=plan_id).first()
    return plan_subject(plan) if plan else None


def export_requests(*, at: datetime) -> list[RequestRow]:
    """List the requests of the scope, the latest first, at most 100. One query."""
    return [_row(one, at) for one in ExportRequest.objects.order_by("-id")[:MOST]]


def has_request(request_id: int) -> bool:
    """Tell whether a request lies within the scope. One query."""
    return ExportRequest.objects.filter(pk=request_id).exists()


def latest_request(subject: Subject, asked_by: int, *, at: datetime) -> RequestRow | None:
    """Give somebody's latest request for a list, or None. One query."""
    found = ExportRequest.objects.filter(kind=subject.kind, key=subject.key, asked_by=asked_by)
    row = found.order_by("-id").first()
    return _row(row, at) if row else None


def _row(row: ExportRequest, at: datetime) -> RequestRow:
    return RequestRow(
        id=row.pk,
        kind=ExportKind(row.kind),
        key=row.key,
        number=row.number,
        title=row.title,
        rows=row.rows,
        reason=row.reason,
        status=ExportStatus(row.status),
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        asked_by_name=row.asked_by_name,
        decided_at=row.decided_at,
        decided_by_name=row.decided_by_name,
        decline_reason=row.decline_reason,
        taken_at=row.taken_at,
        is_open=row.status == ExportStatus.GRANTED and is_open(row.decided_at, at=at),
    )

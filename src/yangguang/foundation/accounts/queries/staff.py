"""Who holds which post, what is proposed, and what was decided, within a scope."""

from datetime import date

from django.db.models import QuerySet

from yangguang.foundation.accounts.models import Appointment, Post, PostQuerySet, Staff
from yangguang.foundation.accounts.rules.roles import ROLES
from yangguang.foundation.accounts.types import (
    AppointmentKind,
    AppointmentStatus,
    AppointmentView,
    HeldPost,
    PersonView,
    Proposal,
)

PAGE = 50


def posts_within(scope: str, on: date, *, page: int = 1) -> tuple[list[HeldPost], bool]:
    """List the posts held or to come in an area and below, the widest area first, 50 a page.

    Gives the rows and whether there are more. One query.
    """
    start = (max(page, 1) - 1) * PAGE
    rows = (
        _posts()
        .within(scope)
        .standing(on)
        .order_by("area__level", "area_id", "role", "id")[start : start + PAGE + 1]
    )
    found = [_post(row) for row in rows]
    return found[:PAGE], len(found) > PAGE


def post_within(post_id: int, scope: str) -> HeldPost | None:
    """Give a post within a scope, or None. One query."""
    row = _posts().within(scope).filter(pk=post_id).first()
    return _post(row) if row else None


def own_posts(staff_id: int, on: date) -> list[HeldPost]:
    """List the posts that a person holds on a day, wherever. One query."""
    return [_post(row) for row in _posts().held(on).filter(staff_id=staff_id).order_by("id")]


def person(staff_id: int, scope: str) -> PersonView | None:
    """Give a person who has or had a post within a scope, with what lies inside it, or None.

    Three queries.
    """
    staff = Staff.objects.filter(pk=staff_id).first()
    posts = [
        _post(row)
        for row in _posts().within(scope).filter(staff_id=staff_id).order_by("-from_date", "-id")
    ]
    if staff is None or not posts:
        return None
    proposals = _appointments(scope).filter(username=staff.username).order_by("-id")
    return PersonView(
        id=staff.pk,
        username=staff.username,
        name=staff.name,
        is_active=staff.is_active,
        posts=tuple(posts),
        appointments=tuple(_view(row) for row in proposals),
    )


def waiting(scope: str) -> list[AppointmentView]:
    """List the proposals of a scope that nobody has decided, the oldest first. One query."""
    rows = _appointments(scope).filter(status=AppointmentStatus.PROPOSED).order_by("id")
    return [_view(row) for row in rows]


def appointment(appointment_id: int, scope: str) -> AppointmentView | None:
    """Give a proposal within a scope, or None. One query."""
    row = _appointments(scope).filter(pk=appointment_id).first()
    return _view(row) if row else None


def _posts() -> PostQuerySet:
    return Post.objects.select_related("staff", "area", "delegated_from__staff")


def _post(row: Post) -> HeldPost:
    return HeldPost(
        id=row.pk,
        staff_id=row.staff_id,
        username=row.staff.username,
        name=row.staff.name,
        role=row.role,
        role_label=ROLES[row.role].label,
        area_code=row.area_id,
        area_name=row.area.name,
        from_date=row.from_date,
        until_date=row.until_date,
        stands_for=row.delegated_from.staff.name if row.delegated_from else "",
    )


def _appointments(scope: str) -> QuerySet[Appointment]:
    return Appointment.objects.filter(area__gte=scope, area__lt=scope + ":").select_related(
        "area", "proposed_by", "decided_by", "stands_for__staff"
    )


def _view(row: Appointment) -> AppointmentView:
    return AppointmentView(
        id=row.pk,
        kind=AppointmentKind(row.kind),
        status=AppointmentStatus(row.status),
        given=Proposal(
            username=row.username,
            name=row.name,
            role=row.role,
            area_code=row.area_id,
            from_date=row.from_date,
            until_date=row.until_date,
            reason=row.reason,
        ),
        role_label=ROLES[row.role].label,
        area_name=row.area.name,
        stands_for=row.stands_for.staff.name if row.stands_for else "",
        proposed_by_id=row.proposed_by_id,
        proposed_by=row.proposed_by.name,
        proposed_at=row.proposed_at,
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_at=row.decided_at,
    )

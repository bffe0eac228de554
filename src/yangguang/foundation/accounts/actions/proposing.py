"""Posts under four eyes: one security administrator proposes, another grants or declines."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yangguang.foundation.accounts.actions.appointing import account, demand_separate
from yangguang.foundation.accounts.actions.covering import (
    OutsideScope,
    demand_covered,
    is_known_to,
)
from yangguang.foundation.accounts.models import Appointment, Invitation, Post, Staff
from yangguang.foundation.accounts.rules.appointing import (
    demand_another,
    demand_delegation,
    demand_level,
    demand_other_eyes,
    demand_period,
    demand_username,
)
from yangguang.foundation.accounts.rules.roles import Permission, demand
from yangguang.foundation.accounts.rules.separation import Held
from yangguang.foundation.accounts.types import AppointmentKind, AppointmentStatus, Proposal
from yangguang.foundation.audit.actions import record
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.divisions.types import Level
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import Actor


class NotWaiting(Refusal):
    """The proposal has been decided already, or does not exist within the scope."""


class NeedsReason(Refusal):
    """A reason is missing."""


@transaction.atomic
def propose_post(given: Proposal, *, by: Actor, at: datetime) -> Appointment:
    """Propose that a person be given a post; nothing changes until another person grants it.

    Raises `OutsideScope`, `RoleNotAtLevel`, `WrongPeriod`, `WrongUsername`, `NeedsReason`,
    `PostsClash`, and `FourEyes` for a post of one's own.
    """
    demand(by.role, Permission.MANAGE_STAFF)
    demand_username(given.username)
    area = _area(given.area_code, by)
    demand_level(given.role, Level(area.level), area.name)
    demand_period(given.from_date, given.until_date, on=timezone.localdate(at))
    return _propose(given, kind=AppointmentKind.APPOINTMENT, stands_for=None, by=by, at=at)


@transaction.atomic
def delegate(post_id: int, given: Proposal, *, by: Actor, at: datetime) -> Appointment:
    """Propose that somebody stand in for a post's holder from a day until another.

    Role and area of `given` are the post's. Raises as `propose_post` does.
    """
    demand(by.role, Permission.MANAGE_STAFF)
    demand_username(given.username)
    post = Post.objects.within(by.scope).filter(pk=post_id).select_related("staff").first()
    if post is None:
        raise OutsideScope("没有找到这个岗位，或它不在您的辖区内。请返回名单重新选择。")
    if post.delegated_from_id is not None:
        raise OutsideScope("代行的岗位不能再委托。请从原岗位委托。")
    if post.staff.username == given.username:
        raise OutsideScope("委托须交给另一个人。请换一个登录名。")
    on = timezone.localdate(at)
    demand_delegation(given.from_date, given.until_date, ends=post.until_date, on=on)
    return _propose(given, kind=AppointmentKind.DELEGATION, stands_for=post, by=by, at=at)


def _area(code: str, by: Actor) -> Area:
    area = Area.objects.filter(code=code, valid_until=None).first()
    if area is None or not by.covers(area.code):
        raise OutsideScope("没有找到这个区划，或它不在您的辖区内。请返回名单重新选择。")
    return area


def _propose(
    given: Proposal, *, kind: AppointmentKind, stands_for: Post | None, by: Actor, at: datetime
) -> Appointment:
    if not given.reason.strip():
        raise NeedsReason("请写明任免理由，如任命文号或休假安排。")
    demand_covered(given.username, by=by, at=at)
    staff = Staff.objects.filter(username=given.username).first()
    if staff is not None:
        demand_another(by.id, concerned=staff.pk)
        demand_separate(staff, Held(given.role, given.from_date, given.until_date))
    made = Appointment.objects.create(
        kind=kind,
        username=given.username,
        # Whoever left for here is named by who proposes: a name elsewhere is not told.
        name=staff.name if staff and is_known_to(by, staff.pk) else given.name,
        role=given.role,
        area_id=given.area_code,
        from_date=given.from_date,
        until_date=given.until_date,
        stands_for=stands_for,
        reason=given.reason.strip(),
        proposed_by_id=by.id,
        proposed_at=at,
    )
    _record(made, verb="accounts.propose", reason=made.reason, by=by, at=at)
    return made


@transaction.atomic
def grant(appointment_id: int, *, by: Actor, at: datetime) -> Post:
    """Grant a post that somebody else proposed: the person holds it from its day on.

    A day that has passed meanwhile becomes today. A one-time secret that was given out before is
    void: who gave it may not cover the new post. Raises `NotWaiting`, `FourEyes`, `PostsClash`,
    and `OutsideScope` where the person has come to hold a post elsewhere.
    """
    made = _waiting(appointment_id, by)
    staff = Staff.objects.select_for_update().get(pk=account(made.username, name=made.name).pk)
    demand_covered(made.username, by=by, at=at)
    demand_other_eyes(by.id, proposed_by=made.proposed_by_id, concerned=staff.pk)
    from_date = max(made.from_date, timezone.localdate(at))
    if made.stands_for is not None and not _outlasts(made.stands_for, made):
        raise NotWaiting("原岗位已经结束或提前结束，委托不能再批准。请退回后重新提出。")
    if made.until_date is not None and made.until_date <= from_date:
        raise NotWaiting("这项任免的截止日期已过，不能再批准。请退回后重新提出。")
    demand_separate(staff, Held(made.role, from_date, made.until_date))
    post = Post.objects.create(
        staff=staff,
        role=made.role,
        area_id=made.area_id,
        from_date=from_date,
        until_date=made.until_date,
        delegated_from=made.stands_for,
    )
    Invitation.objects.filter(staff=staff).delete()
    made.post = post
    _decide(made, status=AppointmentStatus.GRANTED, by=by, at=at)
    _record(made, verb="accounts.grant", reason="", by=by, at=at)
    return post


def _outlasts(post: Post, made: Appointment) -> bool:
    """Tell whether a post is still held to the end of a delegation of it."""
    ends = Post.objects.select_for_update().get(pk=post.pk).until_date
    return ends is None or (made.until_date is not None and made.until_date <= ends)


@transaction.atomic
def decline(appointment_id: int, *, reason: str, by: Actor, at: datetime) -> Appointment:
    """Decline a post that somebody else proposed, with a reason.

    Raises `NotWaiting`, `FourEyes`, `NeedsReason`.
    """
    made = _waiting(appointment_id, by)
    concerned = Staff.objects.filter(username=made.username).values_list("pk", flat=True).first()
    demand_other_eyes(by.id, proposed_by=made.proposed_by_id, concerned=concerned)
    if not reason.strip():
        raise NeedsReason("请写明不批准的理由，提出人会看到。")
    made.decline_reason = reason.strip()
    _decide(made, status=AppointmentStatus.DECLINED, by=by, at=at)
    _record(made, verb="accounts.decline", reason=made.decline_reason, by=by, at=at)
    return made


def _waiting(appointment_id: int, by: Actor) -> Appointment:
    demand(by.role, Permission.DECIDE_STAFF)
    made = (
        Appointment.objects.select_for_update(of=("self",))
        .filter(pk=appointment_id, status=AppointmentStatus.PROPOSED)
        .first()
    )
    if made is None or not by.covers(made.area_id):
        raise NotWaiting("这项任免已经审定，或不在您的辖区内。请刷新名单。")
    return made


def _decide(made: Appointment, *, status: AppointmentStatus, by: Actor, at: datetime) -> None:
    made.status, made.decided_by_id, made.decided_at = status, by.id, at
    made.save()


def _record(made: Appointment, *, verb: str, reason: str, by: Actor, at: datetime) -> None:
    record(
        verb,
        kind="appointment",
        key=made.pk,
        area_code=made.area_id,
        by=by,
        at=at,
        reason=reason,
        content={
            "kind": made.kind,
            "username": made.username,
            "role": made.role,
            "area": made.area_id,
            "from": made.from_date,
            "until": made.until_date,
        },
    )

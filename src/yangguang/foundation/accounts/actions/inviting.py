"""The first log-in: a one-time secret, then a password, a second factor and the pledge."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from yangguang.foundation.accounts.actions.covering import OutsideScope, demand_covered
from yangguang.foundation.accounts.actions.sessions import end_sessions
from yangguang.foundation.accounts.actions.trying import failed, may_be_tried
from yangguang.foundation.accounts.models import (
    Appointment,
    Authenticator,
    Invitation,
    Pledge,
    Post,
    Staff,
)
from yangguang.foundation.accounts.queries import area_of
from yangguang.foundation.accounts.rules import pledge
from yangguang.foundation.accounts.rules.codes import (
    matching_step,
    new_one_time_secret,
    new_secret,
    one_time_digest,
)
from yangguang.foundation.accounts.rules.roles import Permission, demand
from yangguang.foundation.accounts.types import Origin
from yangguang.foundation.audit.actions import record
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import Actor, enter
from yangguang.foundation.walls.sealing import seal, unseal

VALID = timedelta(days=3)


class OwnProposal(Refusal):
    """Who proposed a person's post does not also hand out the secret."""


class AlreadySetUp(Refusal):
    """The person has a second factor; a new one is given out by the operator alone."""


@transaction.atomic
def invite(staff_id: int, *, by: Actor, at: datetime) -> str:
    """Give out a one-time secret for a person's first log-in, valid for three days.

    It is shown once and kept as a digest. Raises `OutsideScope` unless every post held or to come
    lies within one's scope, `OwnProposal` for who proposed one of them, and `AlreadySetUp` for
    somebody with a second factor: one administrator alone could otherwise become that person.
    """
    demand(by.role, Permission.MANAGE_STAFF)
    on = timezone.localdate(at)
    if not Post.objects.within(by.scope).held(on).filter(staff_id=staff_id).exists():
        raise OutsideScope("此人在您的辖区内没有现任岗位。请先提出任命并经审定。")
    staff = Staff.objects.select_for_update().get(pk=staff_id)
    demand_covered(staff.username, by=by, at=at)
    standing = Post.objects.filter(staff=staff).standing(on)
    if Appointment.objects.filter(post__in=standing, proposed_by_id=by.id).exists():
        raise OwnProposal(
            "此人的岗位是您提出的，一次性口令须由另一人发放。"
            "请由另一名安全管理员办理；没有的，请系统运维人员执行 yangguang staff invite。"
        )
    if Authenticator.objects.filter(staff_id=staff_id, confirmed_at__isnull=False).exists():
        raise AlreadySetUp(
            "此人已设好口令和动态码。更换手机或遗忘口令的，请由系统运维人员执行 "
            "yangguang staff invite 重新发放。"
        )
    return give_invitation(staff_id, by=by, at=at)


@transaction.atomic
def give_invitation(staff_id: int, *, by: Actor, at: datetime) -> str:
    """Give out a one-time secret, for the operator's command and for `invite`."""
    secret = new_one_time_secret()
    Invitation.objects.update_or_create(
        staff_id=staff_id,
        defaults={"digest": one_time_digest(secret), "expires_at": at + VALID},
    )
    _record("accounts.invite", staff_id, by=by, at=at)
    return secret


@transaction.atomic
def accept_invitation(
    username: str, *, secret: str, password: str, origin: Origin, at: datetime
) -> int | None:
    """Set the password of whom a one-time secret was given, and forget the old second factor.

    Gives the account's key, or None when name or secret is wrong or there were too many tries.
    The secret works until a second factor is confirmed.
    """
    staff = Staff.objects.filter(username=username, is_active=True, is_demo=False).first()
    held = Invitation.objects.filter(
        staff=staff, digest=one_time_digest(secret), expires_at__gt=at
    ).first()
    if not may_be_tried(username, staff=staff, origin=origin, at=at) or not (staff and held):
        failed(username, staff=staff, origin=origin, at=at)
        return None
    staff.set_password(password)
    staff.save(update_fields=["password"])
    Authenticator.objects.filter(staff=staff).delete()
    by = _self(staff)
    end_sessions(staff.pk, area_code=area_of(staff.pk), by=by, at=at)
    _record("accounts.set_password", staff.pk, by=by, at=at)
    return staff.pk


@transaction.atomic
def change_password(password: str, *, here: str, by: Actor, at: datetime) -> None:
    """Give oneself another password, and end one's other sessions; `here` is the key of this one.

    It was held to the validators, and the second factor is fresh: both stand before the verb.
    """
    staff = Staff.objects.get(pk=by.id)
    staff.set_password(password)
    staff.save(update_fields=["password"])
    end_sessions(staff.pk, area_code=area_of(staff.pk), by=by, at=at, but=here)
    _record("accounts.set_password", staff.pk, by=by, at=at)


@transaction.atomic
def begin_authenticator(staff_id: int, *, at: datetime) -> str:
    """Give the secret that a person's phone is to learn; the same until it is confirmed."""
    held = Authenticator.objects.filter(staff_id=staff_id, confirmed_at=None).first()
    if held is not None:
        return unseal(bytes(held.secret), place=_place(staff_id))
    secret = new_secret()
    Authenticator.objects.create(staff_id=staff_id, secret=seal(secret, place=_place(staff_id)))
    return secret


@transaction.atomic
def confirm_authenticator(staff_id: int, *, code: str, origin: Origin, at: datetime) -> bool:
    """Enable a second factor by its first code; the one-time secret is then used up."""
    staff = Staff.objects.get(pk=staff_id)
    held = Authenticator.objects.select_for_update().get(staff=staff, confirmed_at=None)
    secret = unseal(bytes(held.secret), place=_place(staff_id))
    step = matching_step(secret, code, at, after=held.last_step)
    is_allowed = may_be_tried(staff.username, staff=staff, origin=origin, at=at)
    # A post granted meanwhile has voided the one-time secret, and with it what it began.
    is_invited = Invitation.objects.filter(staff=staff).exists()
    if not (is_allowed and is_invited) or step is None:
        failed(staff.username, staff=staff, origin=origin, at=at)
        return False
    held.confirmed_at, held.last_step = at, step
    held.save()
    Invitation.objects.filter(staff=staff).delete()
    _record("accounts.enrol", staff_id, by=_self(staff), at=at)
    return True


@transaction.atomic
def give_demo_authenticator(staff_id: int, *, at: datetime) -> None:
    """Give one of the made city's people a second factor; real people confirm their own."""
    if Authenticator.objects.filter(staff_id=staff_id).exists():
        return
    Authenticator.objects.create(
        staff=Staff.objects.get(pk=staff_id, is_demo=True),
        secret=seal(new_secret(), place=_place(staff_id)),
        confirmed_at=at,
    )


@transaction.atomic
def sign_pledge(*, by: Actor, at: datetime) -> bytes:
    """Sign the pledge of secrecy as it is worded now, and give its digest."""
    signed = pledge.digest()
    _, is_new = Pledge.objects.get_or_create(
        staff_id=by.id,
        digest=signed,
        defaults={"version": pledge.VERSION, "signed_at": at},
    )
    if is_new:
        _record("accounts.sign_pledge", by.id, by=by, at=at)
    return signed


def _place(staff_id: int) -> str:
    return f"accounts_authenticator.secret.{staff_id}"


def _self(staff: Staff) -> Actor:
    """Act as somebody who has not logged in yet, where the person belongs."""
    actor = Actor(id=staff.pk, name=staff.name, role="", scope=area_of(staff.pk))
    enter(actor)
    return actor


def _record(verb: str, staff_id: int, *, by: Actor, at: datetime) -> None:
    record(verb, kind="staff", key=staff_id, area_code=area_of(staff_id), by=by, at=at)

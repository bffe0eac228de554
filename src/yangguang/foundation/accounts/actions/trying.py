"""Tries to log in: what is right, what has failed, and how many."""

from datetime import datetime, timedelta
from threading import BoundedSemaphore

from django.db import transaction
from django.db.models import Count, Q

from yangguang.foundation.accounts.models import (
    Authenticator,
    FailedTry,
    KnownDevice,
    Staff,
)
from yangguang.foundation.accounts.queries import area_of
from yangguang.foundation.accounts.rules.codes import matching_step
from yangguang.foundation.accounts.rules.tries import MINUTE, WINDOW, Failures, may_try
from yangguang.foundation.accounts.types import Origin
from yangguang.foundation.audit.actions import record
from yangguang.foundation.walls.context import Actor, enter, system
from yangguang.foundation.walls.sealing import blind, unseal

_KEPT = timedelta(days=1)
HASHES_AT_ONCE = 2
"""How many passwords a process hashes at a time: each takes a core and 16 MB meanwhile."""
_hashing = BoundedSemaphore(HASHES_AT_ONCE)


@transaction.atomic
def try_log_in(
    username: str, *, password: str, code: str, origin: Origin, new_device: str, at: datetime
) -> int | None:
    """Give the account's key when name, password and code are right, else None.

    The browser is known by `new_device` from then on. Wrong name, wrong password, wrong code and
    too many tries are answered alike. The first three cost one hash each; after too many nothing
    is hashed, whoever's the name is, right or wrong.
    """
    staff = Staff.objects.filter(username=username, is_active=True, is_demo=False).first()
    is_allowed = may_be_tried(username, staff=staff, origin=origin, at=at)
    is_right = is_allowed and is_password(staff or Staff(password=""), password)
    if staff and is_right and _takes(staff.pk, code, at):
        _remember(staff, new_device, at)
        return staff.pk
    failed(username, staff=staff, origin=origin, at=at)
    return None


def is_password(staff: Staff, password: str) -> bool:
    """Tell whether a password is somebody's, after its turn: few are hashed at once."""
    with _hashing:
        return staff.check_password(password)


@transaction.atomic
def confirm_factor(*, code: str, origin: Origin, by: Actor, at: datetime) -> bool:
    """Tell whether somebody logged in has given a fresh second factor."""
    staff = Staff.objects.get(pk=by.id)
    is_allowed = may_be_tried(staff.username, staff=staff, origin=origin, at=at)
    if is_allowed and _takes(staff.pk, code, at):
        return True
    failed(staff.username, staff=staff, origin=origin, at=at)
    return False


def may_be_tried(username: str, *, staff: Staff | None, origin: Origin, at: datetime) -> bool:
    """Tell whether a try is looked at, by the failures before it. Two queries."""
    account = Q(account=blind(username))
    address, device = blind(origin.address), blind(origin.device)
    lately = Q(at__gt=at - MINUTE)
    counts = FailedTry.objects.filter(at__gt=at - WINDOW).aggregate(
        on_device=Count("id", filter=account & Q(device=device)),
        here=Count("id", filter=account & Q(address=address)),
        of_account=Count("id", filter=account),
        at_address=Count("id", filter=Q(address=address) & lately),
        everywhere=Count("id", filter=lately),
    )
    is_known = bool(device) and KnownDevice.objects.filter(staff=staff, device=device).exists()
    return may_try(
        Failures(
            of_account_on_device=counts["on_device"],
            of_account_at_address=counts["here"],
            of_account=counts["of_account"],
            at_address=counts["at_address"],
            everywhere=counts["everywhere"],
            is_device_known=is_known,
        )
    )


def failed(username: str, *, staff: Staff | None, origin: Origin, at: datetime) -> None:
    """Count a failed try and record it: a person's by the account, any other by a keyed digest."""
    FailedTry.objects.create(
        at=at,
        account=blind(username),
        address=blind(origin.address),
        device=blind(origin.device),
    )
    code = area_of(staff.pk if staff else 0)
    by = Actor(id=0, name="未登录", role="", scope=code)
    enter(system(code))
    record(
        "accounts.fail_log_in",
        kind="staff",
        key=staff.pk if staff else blind(username).hex(),
        area_code=code,
        by=by,
        at=at,
    )


def _takes(staff_id: int, code: str, at: datetime) -> bool:
    """Take a code once: the row is locked, and the step it stood for is used up."""
    held = (
        Authenticator.objects.select_for_update()
        .filter(staff_id=staff_id, confirmed_at__isnull=False)
        .first()
    )
    if held is None:
        return False
    secret = unseal(bytes(held.secret), place=f"accounts_authenticator.secret.{staff_id}")
    step = matching_step(secret, code, at, after=held.last_step)
    if step is None:
        return False
    held.last_step = step
    held.save(update_fields=["last_step"])
    return True


def _remember(staff: Staff, device: str, at: datetime) -> None:
    """Know the device from now on, and forget failures of yesterday."""
    KnownDevice.objects.update_or_create(
        staff=staff, device=blind(device), defaults={"seen_at": at}
    )
    FailedTry.objects.filter(at__lt=at - _KEPT).delete()

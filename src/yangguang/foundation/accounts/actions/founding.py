"""The first people of an installation, given by its operator beside four eyes."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yangguang.foundation.accounts.actions.appointing import appoint
from yangguang.foundation.accounts.actions.inviting import give_invitation
from yangguang.foundation.accounts.models import Post, Staff
from yangguang.foundation.accounts.rules.appointing import demand_username
from yangguang.foundation.accounts.rules.roles import ROLES, SecurityAdministrator
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import Actor

ENOUGH = 2


class AlreadyFounded(Refusal):
    """There are people enough to appoint others under four eyes."""


class UnknownWord(Refusal):
    """A role, an area or a log-in name does not exist."""


@transaction.atomic
def found_post(
    username: str, *, name: str, role: str, area_code: str, by: Actor, at: datetime
) -> str:
    """Appoint one of the first security administrators and give the one-time secret.

    Raises `AlreadyFounded` once two of them hold a post in the area or above it: from then on
    posts are proposed and granted at the desk. Raises `UnknownWord`, `RoleNotAtLevel`.
    """
    demand_username(username)
    if role not in ROLES:
        raise UnknownWord(f"没有岗位“{role}”。可用：{'、'.join(ROLES)}。")
    area = Area.objects.filter(code=area_code, valid_until=None).first()
    if area is None:
        raise UnknownWord(f"没有区划 {area_code}。请写十二位区划代码，如 370100000000。")
    on = timezone.localdate(at)
    keepers = Post.objects.held(on).filter(role=SecurityAdministrator.code).select_related("area")
    above = [one for one in keepers if area_code.startswith(one.area.view.scope)]
    if len({one.staff_id for one in above}) >= ENOUGH:
        raise AlreadyFounded(
            f"{area.name}已有两名安全管理员。请由他们在网页“人员岗位”中一人提出、另一人审定。"
        )
    post = appoint(username, name=name, role=role, area=area, from_date=on, by=by, at=at)
    return give_invitation(post.staff_id, by=by, at=at)


@transaction.atomic
def invite_again(username: str, *, by: Actor, at: datetime) -> str:
    """Give a new one-time secret to somebody who lost phone or password. Raises `UnknownWord`."""
    staff = Staff.objects.filter(username=username, is_active=True, is_demo=False).first()
    if staff is None:
        raise UnknownWord(f"没有登录名“{username}”。请核对后再试。")
    return give_invitation(staff.pk, by=by, at=at)

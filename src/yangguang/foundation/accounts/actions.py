"""Appointing people to posts."""

from datetime import date, datetime

from django.db import transaction

from yangguang.foundation.accounts.models import Post, Staff
from yangguang.foundation.accounts.rules.roles import ROLES
from yangguang.foundation.accounts.rules.separation import Held, demand_separation
from yangguang.foundation.audit.actions import record
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.divisions.types import Level
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import Actor


class RoleNotAtLevel(Refusal):
    """The role does not exist at the level of the area."""


@transaction.atomic
def appoint(
    username: str,
    *,
    name: str,
    role: str,
    area: Area,
    from_date: date,
    by: Actor,
    at: datetime,
    is_demo: bool = False,
) -> Post:
    """Give a person a post, making the account when it is new; a post already held stays one.

    Raises `RoleNotAtLevel` for, say, a county planner of a village, and `PostsClash` where one
    person would combine what must stay apart.
    """
    if Level(area.level) not in ROLES[role].levels:
        raise RoleNotAtLevel(
            f"“{ROLES[role].label}”不设在{area.name}这一级。请选择与岗位级别相符的区划。"
        )
    staff, is_new = Staff.objects.get_or_create(
        username=username, defaults={"name": name, "is_demo": is_demo}
    )
    if is_new:
        staff.set_unusable_password()
        staff.save(update_fields=["password"])
    held = [
        Held(one.role, one.from_date, one.until_date) for one in Post.objects.filter(staff=staff)
    ]
    demand_separation(Held(role, from_date), held)
    post, is_new_post = Post.objects.get_or_create(
        staff=staff, role=role, area=area, until_date=None, defaults={"from_date": from_date}
    )
    if is_new_post:
        record(
            "accounts.appoint",
            kind="post",
            key=post.pk,
            area_code=area.code,
            by=by,
            at=at,
            content={"username": username, "role": role, "area": area.code},
        )
    return post

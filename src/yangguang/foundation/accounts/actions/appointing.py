"""Giving a person a post."""

from datetime import date, datetime

from django.db import transaction

from yangguang.foundation.accounts.models import Post, Staff
from yangguang.foundation.accounts.rules.appointing import demand_level
from yangguang.foundation.accounts.rules.separation import Held, demand_separation
from yangguang.foundation.audit.actions import record
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.divisions.types import Level
from yangguang.foundation.walls.context import Actor


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
    person would combine what must stay apart. For the first people of an installation and for the
    made city; at the desk a post is proposed by one and granted by another.
    """
    demand_level(role, Level(area.level), area.name)
    staff = account(username, name=name, is_demo=is_demo)
    held = Post.objects.filter(staff=staff, role=role, area=area, until_date=None).first()
    if held is not None:
        return held
    demand_separate(staff, Held(role, from_date))
    post = Post.objects.create(staff=staff, role=role, area=area, from_date=from_date)
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


def account(username: str, *, name: str, is_demo: bool = False) -> Staff:
    """Find the account of a log-in name, or make it, without a password."""
    staff, is_new = Staff.objects.get_or_create(
        username=username, defaults={"name": name, "is_demo": is_demo}
    )
    if is_new:
        staff.set_unusable_password()
        staff.save(update_fields=["password"])
    return staff


def demand_separate(staff: Staff, new: Held) -> None:
    """Raise `PostsClash` where a new post clashes with one that a person has or had."""
    posts = Post.objects.filter(staff=staff)
    demand_separation(new, [Held(one.role, one.from_date, one.until_date) for one in posts])

"""Ending a post at once (调离)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yangguang.foundation.accounts.actions.covering import OutsideScope
from yangguang.foundation.accounts.actions.proposing import NeedsReason
from yangguang.foundation.accounts.actions.sessions import end_sessions
from yangguang.foundation.accounts.models import Post
from yangguang.foundation.accounts.rules.appointing import demand_another
from yangguang.foundation.accounts.rules.roles import Permission, demand
from yangguang.foundation.audit.actions import record
from yangguang.foundation.walls.context import Actor


@transaction.atomic
def end_post(post_id: int, *, reason: str, by: Actor, at: datetime) -> Post:
    """End a post from this day on, those who stand in for it, and all sessions of these people.

    One person is enough: taking a right away is urgent and can be mended. Raises `OutsideScope`,
    `NeedsReason`, and `FourEyes` for a post of one's own.
    """
    demand(by.role, Permission.MANAGE_STAFF)
    on = timezone.localdate(at)
    posts = Post.objects.all().standing(on).select_for_update()
    post = posts.within(by.scope).filter(pk=post_id).first()
    if post is None:
        raise OutsideScope("这个岗位已经结束，或不在您的辖区内。请刷新名单。")
    demand_another(by.id, concerned=post.staff_id)
    if not reason.strip():
        raise NeedsReason("请写明离岗理由，如调令文号。")
    for ended in [post, *posts.filter(delegated_from=post)]:
        # A post yet to come ends on the day it would have begun.
        ended.until_date = max(on, ended.from_date)
        ended.save(update_fields=["until_date"])
        record(
            "accounts.end_post",
            kind="post",
            key=ended.pk,
            area_code=ended.area_id,
            by=by,
            at=at,
            reason=reason.strip(),
            content={"staff": ended.staff_id, "role": ended.role, "area": ended.area_id},
        )
        end_sessions(ended.staff_id, area_code=ended.area_id, by=by, at=at)
    return post

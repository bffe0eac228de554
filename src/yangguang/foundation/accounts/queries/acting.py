"""Who works here, and as whom somebody acts."""

from dataclasses import dataclass
from datetime import date

from yangguang.foundation.accounts.models import Post, Staff
from yangguang.foundation.accounts.rules.roles import ROLES
from yangguang.foundation.divisions.types import PREFIX, Level
from yangguang.foundation.walls.context import Actor


@dataclass(frozen=True, slots=True)
class PostView:
    """A post as the log-in page shows it."""

    staff_id: int
    username: str
    staff_name: str
    role: str
    role_label: str
    description: str
    area_code: str
    area_name: str


def actor_of(staff_id: int, on: date, *, post_id: int = 0) -> Actor | None:
    """Give the actor that a staff member is by the post held on a date, or None without a post.

    One query. With several posts the chosen one counts, `post_id`; without a choice the own before
    a delegated one, and of those the one held longest: a post that comes changes no role.
    """
    held = (
        Post.objects.held(on)
        .filter(staff_id=staff_id, staff__is_active=True)
        .select_related("staff", "area", "organisation")
        .order_by("from_date", "id")
    )
    ranked = sorted(held, key=lambda one: (one.pk != post_id, one.delegated_from_id is not None))
    if not ranked:
        return None
    post = ranked[0]
    return Actor(
        id=staff_id,
        name=post.staff.name,
        role=post.role,
        scope=post.area.code[: PREFIX[Level(post.area.level)]],
        department=post.organisation.code if post.organisation else "",
    )


def demo_posts(on: date) -> list[PostView]:
    """List the demonstration's people with their posts, from the village up."""
    posts = (
        Post.objects.held(on)
        .filter(staff__is_demo=True)
        .select_related("staff", "area")
        .order_by("-area__level", "id")
    )
    return [
        PostView(
            staff_id=post.staff_id,
            username=post.staff.username,
            staff_name=post.staff.name,
            role=post.role,
            role_label=ROLES[post.role].label,
            description=ROLES[post.role].description,
            area_code=post.area_id,
            area_name=post.area.name,
        )
        for post in posts
    ]


def staff_by_username(username: str) -> Staff | None:
    """Find an active staff member by log-in name."""
    return Staff.objects.filter(username=username, is_active=True).first()

"""Who works here, as whom somebody acts, who holds which post."""

from yangguang.foundation.accounts.queries.acting import (
    PostView,
    actor_of,
    demo_posts,
    staff_by_username,
)
from yangguang.foundation.accounts.queries.logins import (
    area_of,
    demo_code,
    has_authenticator,
    has_signed,
    is_demo,
    sessions_of,
)
from yangguang.foundation.accounts.queries.staff import (
    appointment,
    own_posts,
    person,
    post_within,
    posts_within,
    waiting,
)

__all__ = [
    "PostView",
    "actor_of",
    "appointment",
    "area_of",
    "demo_code",
    "demo_posts",
    "has_authenticator",
    "has_signed",
    "is_demo",
    "own_posts",
    "person",
    "post_within",
    "posts_within",
    "sessions_of",
    "staff_by_username",
    "waiting",
]

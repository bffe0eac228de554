"""Who works here, as whom somebody acts, who holds which post."""

from yangguang.foundation.accounts.queries.acting import (
    PostView,
    actor_of,
    demo_posts,
    staff_by_username,
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
    "demo_posts",
    "own_posts",
    "person",
    "post_within",
    "posts_within",
    "staff_by_username",
    "waiting",
]

"""What the pages of people and posts show."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from yangguang.foundation.accounts.queries import posts_within, waiting
from yangguang.foundation.accounts.rules.roles import Permission, permits
from yangguang.foundation.accounts.types import AppointmentStatus, AppointmentView, HeldPost
from yangguang.foundation.divisions.queries import area, children, path
from yangguang.foundation.divisions.types import AreaView
from yangguang.foundation.walls.context import Actor

TONES = {
    AppointmentStatus.PROPOSED: "warn",
    AppointmentStatus.GRANTED: "ok",
    AppointmentStatus.DECLINED: "stop",
}


@dataclass(frozen=True, slots=True)
class StaffPage:
    """The posts of an area and below, with what waits for a decision in the whole scope."""

    here: AreaView
    above: tuple[AreaView, ...]
    below: tuple[AreaView, ...]
    posts: tuple[HeldPost, ...]
    page: int
    has_more: bool
    waiting: tuple[AppointmentView, ...]
    may_manage: bool
    may_decide: bool

    @classmethod
    def of(cls, code: str, *, page: int, by: Actor, on: date) -> Self | None:
        """Read the page of an area within the actor's scope, or None. Six queries."""
        here = area(code)
        if here is None or not by.covers(code):
            return None
        posts, has_more = posts_within(here.scope, on, page=page)
        return cls(
            here=here,
            above=tuple(one for one in path(code)[:-1] if by.covers(one.code)),
            below=tuple(children(code)),
            posts=tuple(posts),
            page=page,
            has_more=has_more,
            waiting=tuple(waiting(by.scope)),
            may_manage=permits(by.role, Permission.MANAGE_STAFF),
            may_decide=permits(by.role, Permission.DECIDE_STAFF),
        )

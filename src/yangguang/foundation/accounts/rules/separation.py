"""Which posts one person may not hold together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yangguang.foundation.accounts.rules.roles import ROLES
from yangguang.foundation.kernel.refusals import Refusal


class PostsClash(Refusal):
    """The post may not be held by somebody who holds, or held, another one."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role from a day until, but without, another; None is open."""

    role: str
    from_date: date
    until_date: date | None = None

    def overlaps(self, other: "Held") -> bool:
        """Tell whether both are held on some day."""
        ends_before = self.until_date is not None and self.until_date <= other.from_date
        begins_after = other.until_date is not None and other.until_date <= self.from_date
        return not ends_before and not begins_after


def clashes(one: Held, other: Held) -> bool:
    """Tell whether one person may not have both posts.

    Two different administrators never, not even one after the other: who audits would read an own
    past. An administrator and a post of business not on the same day. Source: 三员分立,
    GB/T 22239-2019 8.1.5.
    """
    first, second = (ROLES[held.role].is_administrator for held in (one, other))
    if first and second:
        return one.role != other.role
    return first != second and one.overlaps(other)


def demand_separation(new: Held, held: Iterable[Held]) -> None:
    """Raise `PostsClash` when a new post may not join those a person has or had."""
    for one in held:
        if clashes(new, one):
            raise PostsClash(
                f"此人已有或曾有“{ROLES[one.role].label}”岗位，不能再任“{ROLES[new.role].label}”："
                "系统、安全、审计三员须由不同的人担任，且不兼办业务。请另选一人。"
            )

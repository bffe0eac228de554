"""The closed lists of rights administration, and what is told of it."""

from dataclasses import dataclass
from datetime import date, datetime

from yangguang.foundation.kernel.choices import Choices


class AppointmentKind(Choices):
    """任免方式."""

    APPOINTMENT = "appointment", "任命"
    DELEGATION = "delegation", "委托"


class AppointmentStatus(Choices):
    """任免状态."""

    PROPOSED = "proposed_appointment", "待审定"
    GRANTED = "granted", "已批准"
    DECLINED = "declined", "未批准"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a security administrator proposes: whom, as what, where, from when until when.

    `until_date` is the first day on which the post is no longer held; None is open.
    """

    username: str
    name: str
    role: str
    area_code: str
    from_date: date
    until_date: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a try to log in comes from: address, the browser's cookie, what it says it is."""

    address: str
    device: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A session that stands, as its owner sees it."""

    key: str
    started_at: datetime
    device: str


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post as the staff pages show it."""

    id: int
    staff_id: int
    username: str
    name: str
    role: str
    role_label: str
    area_code: str
    area_name: str
    from_date: date
    until_date: date | None
    stands_for: str
    """Name of the holder for whom a delegate acts, or ""."""

    def is_held(self, on: date) -> bool:
        """Tell whether the post is held on a day."""
        return self.from_date <= on and (self.until_date is None or on < self.until_date)

    def may_end(self, on: date) -> bool:
        """Tell whether there is still something to end: the post is held or yet to come."""
        return self.until_date is None or on < self.until_date


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """A proposal with who proposed and who decided it."""

    id: int
    kind: AppointmentKind
    status: AppointmentStatus
    given: Proposal
    role_label: str
    area_name: str
    stands_for: str
    proposed_by_id: int
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person with the posts and the proposals that lie within a scope, newest first."""

    id: int
    username: str
    name: str
    is_active: bool
    posts: tuple[HeldPost, ...]
    appointments: tuple[AppointmentView, ...]

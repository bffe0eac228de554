"""What the pages of odd looks show: readers and household numbers, no family's name."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.urls import reverse
from django.utils.translation import gettext as _

from yangguang.faces.desk.households.looking import post_word
from yangguang.faces.look.words import how_many
from yangguang.families.registry.queries.watching import (
    WEEK,
    ReaderLook,
    ReaderReveal,
    looks_by,
    numbers_of,
    reveals_by,
    week_s_oddities,
)
from yangguang.families.registry.rules.watching import (
    IDLE_DAYS,
    KIN_DAYS,
    NIGHT_FILES,
    REVEALS_A_DAY,
    Odd,
)
from yangguang.families.registry.types import Oddity, Purpose, Secret
from yangguang.foundation.accounts.rules.roles import Permission, permits
from yangguang.foundation.walls.context import Actor


def week_of(text: str, on: date) -> date:
    """Give the first of the seven days that are asked for; else of those that end today."""
    last = on - WEEK + timedelta(days=1)
    try:
        return min(date.fromisoformat(text), last)
    except ValueError:
        return last


def _address(first: date, reader: int | None = None) -> str:
    where = reverse("desk:reader_looks", args=[reader]) if reader else reverse("desk:odd_looks")
    return f"{where}?from={first.isoformat()}"


@dataclass(frozen=True, slots=True)
class OddPage:
    """What of seven days asks for an explanation."""

    first: date
    found: list[Odd]
    numbers: dict[int, str]
    on: date

    @classmethod
    def of(cls, first: date, *, on: date) -> Self:
        """Read seven days. Four queries."""
        found = week_s_oddities(first)
        return cls(first, found, numbers_of([one.household_id for one in found]), on)

    @property
    def last(self) -> date:
        """Give the last of the seven days."""
        return self.first + WEEK - timedelta(days=1)

    @property
    def before(self) -> str:
        """Give the address of the seven days before."""
        return _address(self.first - WEEK)

    @property
    def after(self) -> str | None:
        """Give the address of the seven days after, or None when they have not ended."""
        return _address(self.first + WEEK) if self.last + WEEK <= self.on else None

    def post(self, odd: Odd) -> str:
        """Give the word for the reader's role."""
        return post_word(odd.reader.role)

    def records(self, odd: Odd) -> str:
        """Give the address of the rows behind a finding."""
        return _address(self.first, odd.reader.id)

    def words(self, odd: Odd) -> str:
        """Say what was found."""
        number = {"number": self.numbers.get(odd.household_id, "")}
        match odd.oddity:
            case Oddity.NIGHT:
                return how_many("夜间打开 %(n)s 户档案", odd.count)
            case Oddity.REVEALS:
                return how_many("一天内完整查看 %(n)s 次", odd.count)
            case Oddity.KIN:
                return how_many("与户主同姓，%(n)s 天打开 %(number)s，没有办理", odd.count, number)
            case Oddity.IDLE:
                return how_many("%(n)s 天打开 %(number)s，没有办理", odd.count, number)

    @property
    def limits(self) -> str:
        """Say from where on something is listed."""
        return _(
            "列入的标准：22时至6时一天打开 %(night)d 户以上；同姓家庭一周内 %(kin)d 天以上、"
            "其他家庭 %(idle)d 天以上打开而没有办理；一天完整查看 %(shown)d 次以上。"
        ) % {"night": NIGHT_FILES, "kin": KIN_DAYS, "idle": IDLE_DAYS, "shown": REVEALS_A_DAY}


@dataclass(frozen=True, slots=True)
class ReaderPage:
    """One reader's looks and reveals of seven days."""

    first: date
    looks: list[ReaderLook]
    reveals: list[ReaderReveal]
    may_open: bool

    @classmethod
    def of(cls, reader: int, first: date, *, by: Actor) -> Self:
        """Read a reader's rows. Two queries."""
        may_open = permits(by.role, Permission.SEE_HOUSEHOLDS)
        return cls(first, looks_by(reader, first), reveals_by(reader, first), may_open)

    @property
    def who(self) -> str:
        """Name the reader, or "" where nothing is visible."""
        return self.looks[0].reader_name if self.looks else ""

    @property
    def post(self) -> str:
        """Give the word for the reader's role."""
        return post_word(self.looks[0].reader_role) if self.looks else ""

    @property
    def back(self) -> str:
        """Give the address of the list."""
        return _address(self.first)

    def secret(self, one: ReaderReveal) -> str:
        """Give the word for what was shown."""
        return _(Secret(one.secret).label)

    def purpose(self, one: ReaderReveal) -> str:
        """Give the word for the work it was needed for."""
        return _(Purpose(one.purpose).label)

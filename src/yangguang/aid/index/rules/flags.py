"""The four flags: for people to look at, never for the machine to act on."""

from datetime import date
from enum import IntFlag
from functools import cache, reduce
from operator import or_

from yangguang.foundation.kernel.choices import Choices
from yangguang.foundation.kernel.periods import Month


class Flag(IntFlag):
    """What is stored: one bit a flag."""

    REVIEW = 1
    MISSED = 2
    OVERLAP = 4
    SPLIT = 8


class FlagName(Choices):
    """标记, as pages and addresses name it."""

    REVIEW = "review_due", "待复核"
    MISSED = "missed", "疑似漏救"
    OVERLAP = "overlap", "疑似重复救助"
    SPLIT = "split_suspected", "疑似拆户"

    @property
    def bit(self) -> Flag:
        """Give the stored bit."""
        return Flag[self.name]


@cache
def raised(flags: int) -> tuple[FlagName, ...]:
    """Give the flags that stand in stored bits, in order."""
    return tuple(name for name in FlagName if flags & name.bit)


def review_day(reviewed: date, months: int) -> date:
    """Give the day on which facts are older than the review cycle: so many months later."""
    month = Month.of(reviewed).plus(months)
    last = month.last
    return last if reviewed.day > last.day else last.replace(day=reviewed.day)


def flags_of(*, review: bool, missed: bool, overlap: bool, split: bool) -> Flag:
    """Put the four findings into bits."""
    found = {
        Flag.REVIEW: review,
        Flag.MISSED: missed,
        Flag.OVERLAP: overlap,
        Flag.SPLIT: split,
    }
    return reduce(or_, (flag for flag, holds in found.items() if holds), Flag(0))

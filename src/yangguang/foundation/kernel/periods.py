"""Ages, months and half-open periods: how dates are compared when money depends on it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from yangguang.foundation.kernel.refusals import Refusal

_MONTH = re.compile(r"(\d{4})(?:-(\d{1,2})|年(\d{1,2})月|(\d{2}))", re.ASCII)


class PeriodError(Refusal):
    """A text is no month, or a period ends before it begins."""


def age_on(born: date, on: date) -> int:
    """Give the age in completed years; the birthday itself completes the year.

    One born on 29 February completes it on 1 March of a common year. Below zero before birth.
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def years_before(on: date, years: int) -> date:
    """Give the latest birth date of one who has completed so many years on a day."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # 29 February in a common year
        return date(on.year - years, 2, 28)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, written 2026-02."""

    year: int
    number: int

    def __post_init__(self) -> None:
        """Refuse a month that does not exist."""
        if not 1 <= self.number <= 12 or not 1 <= self.year <= 9999:
            raise PeriodError(f"没有{self.year}年{self.number}月。请写成2026-02的样子。")

    @classmethod
    def read(cls, text: str) -> Self:
        """Read 2026-02, 2026年2月 or 202602. Raises PeriodError."""
        found = _MONTH.fullmatch(text.strip())
        if not found:
            raise PeriodError(f"看不懂月份“{text}”。请写成2026-02的样子。")
        return cls(int(found[1]), int(found[2] or found[3] or found[4]))

    @classmethod
    def of(cls, day: date) -> Self:
        """Give the month in which a day lies."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """The last day."""
        days = 31 if self.number == 12 else (date(self.year, self.number + 1, 1) - self.first).days
        return self.first.replace(day=days)

    def plus(self, months: int) -> Self:
        """Give the month so many months later; earlier when negative."""
        years, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return type(self)(years, index + 1)

    def until(self, other: Self) -> int:
        """Count the months from this one to another; negative when the other is earlier."""
        return (other.year - self.year) * 12 + other.number - self.number

    def __contains__(self, day: date) -> bool:
        """Tell whether a day lies in the month."""
        return (day.year, day.month) == (self.year, self.number)

    def __str__(self) -> str:
        """Write the month as 2026-02."""
        return f"{self.year:04d}-{self.number:02d}"

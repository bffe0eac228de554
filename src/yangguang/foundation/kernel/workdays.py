"""Working days, counted from dated calendars and never guessed.

Day one is the next working day: the day on which something happens does not count
(民法典第二百零一条：开始的当日不计入). A year without a calendar is refused.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from yangguang.foundation.kernel.choices import Choices
from yangguang.foundation.kernel.refusals import Refusal

SATURDAY = 5


class DayKind(Choices):
    """What a day is in the working calendar."""

    WORKDAY = "workday", "工作日"
    ADJUSTED = "adjusted", "调休上班"
    HOLIDAY = "holiday", "放假"
    WEEKEND = "weekend", "周末"


class MissingCalendar(Refusal):
    """The count needs a year whose calendar nobody has entered."""

    def __init__(self, year: int) -> None:
        """Name the year that is missing."""
        self.year = year
        super().__init__(
            f"无法计算工作日：缺少{year}年的工作日历。"
            f"{year}年的放假和调休以国务院办公厅通知为准，不能推算。"
            "请由管理员录入该年通知（或补充该年的日历文件）后再试。"
        )


class NegativeDays(Refusal):
    """A number of working days below zero was asked for."""

    def __init__(self, n: int) -> None:
        """Name the number that was asked for."""
        self.n = n
        super().__init__(
            f"无法计算工作日：天数为{n}。期限只能往后数，天数不能小于0。请改为0或正整数。"
        )


@dataclass(frozen=True, slots=True)
class Notice:
    """A State Council notice; its number is None while nobody has verified it."""

    title: str
    number: str | None


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year's days off and weekend days worked, each with its festival."""

    year: int
    notices: tuple[Notice, ...]
    holidays: Mapping[date, str]
    workdays: Mapping[date, str]

    def kind(self, day: date) -> DayKind:
        """Say what a day of this year is."""
        if day in self.workdays:
            return DayKind.ADJUSTED
        if day in self.holidays:
            return DayKind.HOLIDAY
        return DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKDAY

    def festival(self, day: date) -> str:
        """Name the festival for which a day is off or worked, or give an empty string."""
        return self.workdays.get(day) or self.holidays.get(day, "")

    def ordinals(self) -> list[int]:
        """List the ordinals of the year's working days, ascending."""
        first, end = date(self.year, 1, 1).toordinal(), date(self.year, 12, 31).toordinal() + 1
        days = {n for n in range(first, end) if (n - 1) % 7 < SATURDAY}
        days -= {day.toordinal() for day in self.holidays}
        days |= {day.toordinal() for day in self.workdays}
        return sorted(days)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The years that are known, and all their working days in order; it never changes."""

    years: Mapping[int, CalendarYear]
    ordinals: tuple[int, ...]

    @classmethod
    def of(cls, years: Iterable[CalendarYear]) -> "Calendar":
        """Join years into a calendar; of two versions of one year the later holds."""
        known = {year.year: year for year in years}
        ordinals = (n for year in sorted(known) for n in known[year].ordinals())
        return cls(MappingProxyType(known), tuple(ordinals))

    def with_year(self, year: CalendarYear) -> "Calendar":
        """Give a calendar in which this year is added or replaced."""
        return Calendar.of([*self.years.values(), year])

    def year(self, number: int) -> CalendarYear:
        """Give one year. Raises MissingCalendar."""
        if number not in self.years:
            raise MissingCalendar(number)
        return self.years[number]

    def require(self, first: int, last: int) -> None:
        """Raise MissingCalendar for the first unknown year from first to last, both included."""
        for number in range(first, last + 1):
            self.year(number)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One calendar day of a count: what it is, why, and which working day it was."""

    day: date
    kind: DayKind
    festival: str
    number: int | None

    @property
    def why(self) -> str:
        """Say in Chinese why the day counts or does not."""
        if self.number is None:
            return f"{self.festival}{self.kind.label}，不计入"
        if self.kind is DayKind.ADJUSTED:
            return f"{self.kind.label}（{self.festival}），第{self.number}个工作日"
        return f"第{self.number}个工作日"


def is_workday(day: date, calendar: Calendar) -> bool:
    """Tell whether offices work on a day. Raises MissingCalendar."""
    return calendar.year(day.year).kind(day) in (DayKind.WORKDAY, DayKind.ADJUSTED)


def add_workdays(start: date, n: int, calendar: Calendar) -> date:
    """Give the n-th working day after start; zero days give start itself.

    Every year from start to the answer must be known. Raises MissingCalendar, NegativeDays.
    """
    if n < 0:
        raise NegativeDays(n)
    calendar.year(start.year)
    if n == 0:
        return start
    place = bisect_right(calendar.ordinals, start.toordinal()) + n - 1
    if place >= len(calendar.ordinals):
        calendar.require(start.year, max(calendar.years) + 1)
    due = date.fromordinal(calendar.ordinals[place])
    calendar.require(start.year, due.year)
    return due


def workdays_between(start: date, end: date, calendar: Calendar) -> int:
    """Count the working days after start up to and including end; negative when end is earlier.

    The inverse of add_workdays. Raises MissingCalendar.
    """
    calendar.require(min(start, end).year, max(start, end).year)
    counted = bisect_right(calendar.ordinals, end.toordinal())
    return counted - bisect_right(calendar.ordinals, start.toordinal())


def remaining(on: date, due: date, calendar: Calendar) -> int:
    """Count the working days left on a day: 0 on the last day, below 0 when overdue.

    Raises MissingCalendar.
    """
    return workdays_between(on, due, calendar)


def explain(start: date, n: int, calendar: Calendar) -> tuple[CountedDay, ...]:
    """Show how a due date was counted: each day after start, what it was and why.

    The last day is the due date. Raises MissingCalendar, NegativeDays.
    """
    due = add_workdays(start, n, calendar)
    days: list[CountedDay] = []
    counted = 0
    for offset in range(1, (due - start).days + 1):
        day = start + timedelta(days=offset)
        works = is_workday(day, calendar)
        counted += works
        year = calendar.year(day.year)
        days.append(CountedDay(day, year.kind(day), year.festival(day), counted if works else None))
    return tuple(days)


def may_still_change(due: date, calendar: Calendar) -> bool:
    """Tell whether next year's notice, not yet known, may still move this date.

    A notice on New Year's Day reaches into the last week of December: 2005, 2006, 2007, 2011,
    2018 and 2022 each had a weekend worked or a weekday off that only the next year's notice named.
    """
    return due >= date(due.year, 12, 25) and due.year + 1 not in calendar.years

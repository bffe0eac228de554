"""Reads and writes the dated calendar files, one a year, each with the notice it comes from."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.kernel.workdays import SATURDAY, Calendar, CalendarYear, Notice
from yangguang.foundation.kernel.yamltexts import LOADER, first_fault

SHIPPED = Path(__file__).parents[2] / "policies" / "calendars"
_FIRST_YEAR, _LAST_YEAR = 1949, 2999
_FIELDS = {"year", "notices", "holidays", "workdays"}
_PLAIN = re.compile(r"[一-鿿][\w、（）\u3014\u3015]*")


class CalendarError(Refusal):
    """A calendar file says something that cannot be."""

    def __init__(self, source: str, what: str) -> None:
        """Name the file and what is wrong in it."""
        self.source, self.what = source, what
        super().__init__(f"工作日历“{source}”有误：{what}。请对照国务院办公厅通知改正后再试。")


@cache
def shipped_calendar() -> Calendar:
    """Give the calendar of the years that come with the system."""
    return load_calendar()


def load_calendar(*extra: Path) -> Calendar:
    """Read the shipped years and extra files or folders; a later version of a year holds.

    A file is named by its year. Raises CalendarError.
    """
    files = [path for place in (SHIPPED, *extra) for path in _files(place)]
    return Calendar.of(_read_file(path) for path in files)


def read_year(text: str, source: str) -> CalendarYear:
    """Read one year from the text of its file. Raises CalendarError naming the source."""
    facts = _facts(text, source)
    if not isinstance(facts, dict) or set(facts) != _FIELDS:
        raise CalendarError(source, "应有且只有 year、notices、holidays、workdays 四项")
    try:
        year = _year(facts)
    except (TypeError, KeyError, ValueError) as error:
        raise CalendarError(source, f"缺少一项或写法不对（{error}）") from error
    for fault in _faults(year):
        raise CalendarError(source, fault)
    return year


def _facts(text: str, source: str) -> Any:
    try:
        if fault := first_fault(text):
            raise CalendarError(source, f"第{fault.line}行{fault.why}")
        return yaml.load(text, Loader=LOADER)
    except yaml.YAMLError as error:
        raise CalendarError(source, f"不是有效的YAML（{_place(error)}）") from error
    # A day like 2026-02-30, a number of thousands of digits: the loader raises what Python does.
    except (ValueError, OverflowError) as error:
        raise CalendarError(source, "有不存在的日期，或位数太多的数") from error


def write_year(year: CalendarYear) -> str:
    """Write one year as the text of its file, which read_year reads back."""
    lines = [f"# {year.year}年工作日历：放假与调休上班", f"year: {year.year}", "notices:"]
    for notice in year.notices:
        number = _quoted(notice.number) if notice.number else "null # 待核"
        lines += [f"  - title: {_quoted(notice.title)}", f"    number: {number}"]
    lines.append("holidays:" if year.holidays else "holidays: []")
    for name, first, last in _runs(year):
        lines.append(f"  - {{name: {_quoted(name)}, from: {first}, to: {last}}}")
    lines.append("workdays:" if year.workdays else "workdays: []")
    for day, festival in sorted(year.workdays.items()):
        lines.append(f"  - {{day: {day}, for: {_quoted(festival)}}}")
    return "\n".join(lines) + "\n"


def _read_file(path: Path) -> CalendarYear:
    year = read_year(path.read_text(encoding="utf-8"), path.name)
    if path.stem != str(year.year):
        raise CalendarError(path.name, f"写的是{year.year}年，文件名应为{year.year}.yaml")
    return year


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _files(place: Path) -> list[Path]:
    return sorted(place.glob("*.yaml")) if place.is_dir() else [place]


def _place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"第{mark.line + 1}行" if mark else "无法定位"


def _year(facts: dict[str, Any]) -> CalendarYear:
    worked = ((_day(item["day"]), str(item["for"])) for item in facts["workdays"])
    return CalendarYear(
        year=_number_of_year(facts["year"]),
        notices=tuple(_notice(item) for item in facts["notices"]),
        holidays=_once(_spread(facts["holidays"])),
        workdays=_once(worked),
    )


def _number_of_year(value: object) -> int:
    if type(value) is not int or not _FIRST_YEAR <= value <= _LAST_YEAR:
        raise ValueError("年份应是四位数，如2026")
    return value


def _notice(item: dict[str, Any]) -> Notice:
    number = item["number"]
    return Notice(str(item["title"]), None if number is None else str(number))


def _day(value: object) -> date:
    if type(value) is not date:
        raise ValueError(f"“{value}”不是日期，应写成2026-01-01的样子")
    return value


def _once(pairs: Iterable[tuple[date, str]]) -> Mapping[date, str]:
    days: dict[date, str] = {}
    for day, festival in pairs:
        if day in days:
            raise ValueError(f"{day}写了两次")
        days[day] = festival
    return MappingProxyType(days)


def _spread(items: Iterable[dict[str, Any]]) -> Iterator[tuple[date, str]]:
    for item in items:
        first, last = _day(item["from"]), _day(item["to"])
        if first > last:
            raise ValueError(f"{first}晚于{last}")
        if last - first > timedelta(days=366):
            raise ValueError(f"{first}至{last}超过一年")
        for offset in range((last - first).days + 1):
            yield first + timedelta(days=offset), str(item["name"])


def _faults(year: CalendarYear) -> Iterator[str]:
    for day in (*year.holidays, *year.workdays):
        if day.year != year.year:
            yield f"{day}不在{year.year}年"
    for day in year.workdays:
        if day.weekday() < SATURDAY:
            yield f"{day}不是周末，不必写为调休上班"
        if day in year.holidays:
            yield f"{day}既写为放假，又写为上班"
    if not year.notices:
        yield "没有写明所依据的通知"


def _runs(year: CalendarYear) -> Iterator[tuple[str, date, date]]:
    numbered = enumerate(sorted(year.holidays.items()))
    for _, run in groupby(
        numbered, key=lambda pair: (pair[1][0].toordinal() - pair[0], pair[1][1])
    ):
        days = [(day, name) for _, (day, name) in run]
        yield days[0][1], days[0][0], days[-1][0]

"""Turns the content of a policy into facts and tables that people read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yangguang.faces.desk.policies.words import PARAMETERS, SECTIONS
from yangguang.faces.look.formats import short_day
from yangguang.families.registry.types import Category
from yangguang.foundation.catalogue.queries import policy_text
from yangguang.foundation.catalogue.types import (
    AidBasis,
    AidItem,
    AidKind,
    AidType,
    AmountEvery,
    AmountPer,
    PolicyKind,
    PolicyVersion,
    StandardGroup,
)
from yangguang.foundation.divisions.queries import departments, names
from yangguang.foundation.kernel.calendars import read_year
from yangguang.foundation.kernel.money import Fen, format_fen
from yangguang.foundation.kernel.policyfiles import build
from yangguang.foundation.kernel.sayings import translatable
from yangguang.foundation.kernel.workdays import CalendarYear, DayKind

NATION = translatable("全国")
_NUMBERED = re.compile(r"(\D+)〔(\d+)〕(\d+)号")


@dataclass(frozen=True, slots=True)
class Section:
    """A titled table; a first column of labels, figures at the right."""

    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()


def sections(version: PolicyVersion) -> list[Section]:
    """Give the content of a version as tables."""
    return _READERS[version.kind](version)


def year_of(version: PolicyVersion) -> CalendarYear:
    """Give the year that a working calendar's version holds."""
    return read_year(policy_text(version), version.key)


def year_grid(year: CalendarYear) -> list[list[tuple[int, str, str]]]:
    """Give twelve rows of (day, sign, festival): 休 holiday, 班 weekend worked, · weekend."""
    return [[_cell(year, month, day) for day in range(1, 32)] for month in range(1, 13)]


def _cell(year: CalendarYear, month: int, number: int) -> tuple[int, str, str]:
    try:
        day = date(year.year, month, number)
    except ValueError:
        return (0, "", "")
    signs = {DayKind.HOLIDAY: "休", DayKind.ADJUSTED: "班", DayKind.WEEKEND: "·"}
    return (number, signs.get(year.kind(day), ""), year.festival(day))


def area_names(prefixes: Sequence[str]) -> dict[str, str]:
    """Give the names of areas by prefix; an empty prefix is the whole nation."""
    codes = {prefix: prefix.ljust(12, "0") for prefix in prefixes if prefix}
    known = names(codes.values())
    return {"": _(NATION)} | {prefix: known.get(code, prefix) for prefix, code in codes.items()}


def _standard(version: PolicyVersion) -> list[Section]:
    lines = version.content["lines"]
    areas = area_names([line["area"] for line in lines])
    rows = tuple(
        (areas[line["area"]], _(StandardGroup(line["group"]).label), _yuan(line["monthly"]))
        for line in lines
    )
    heads = (_("区划"), _("对象"), _("每人每月（元）"))
    return [Section(_("标准"), "", heads, rows, frozenset({2}))]


def _income(version: PolicyVersion) -> list[Section]:
    lines = version.content["lines"]
    areas = area_names([line["area"] for line in lines])
    rows = tuple(
        (areas[line["area"]], _(StandardGroup(line["group"]).label), _yuan(line["yearly"]))
        for line in lines
    )
    note = _("%(year)s年") % {"year": version.content["year"]}
    heads = (_("区划"), _("对象"), _("每人每年（元）"))
    return [Section(_("人均可支配收入"), note, heads, rows, frozenset({2}))]


def _property(version: PolicyVersion) -> list[Section]:
    held = version.content
    months = _("%(n)s 个月低保标准")
    vehicle = held.get("vehicle_months")
    pairs = [
        (_("人均金融资产不超过"), months % {"n": held["money_months"]}),
        (_("车辆不超过（辆）"), str(held["vehicles"])),
        (_("住房不超过（套）"), str(held["homes"])),
    ]
    if vehicle is not None:
        pairs.append((_("车价不超过"), months % {"n": vehicle}))
    return [_facts(_("限额"), _text(held.get("unit")), pairs)]


def _housing(version: PolicyVersion) -> list[Section]:
    metres = _("%(n)s 平方米") % {"n": version.content["square_metres"]}
    return [_facts(_("住房面积标准"), "", [(_("人均面积低于"), metres)])]


def _review(version: PolicyVersion) -> list[Section]:
    rows = tuple(
        (_(Category(cycle["category"]).label), str(cycle["months"]), _text(cycle["needs"]))
        for cycle in version.content["cycles"]
    )
    heads = (_("保障类别"), _("每隔（月）"), _("要求"))
    return [Section(_("复核周期"), "", heads, rows, frozenset({1}))]


def _item(version: PolicyVersion) -> list[Section]:
    item = build(version.content, AidItem)
    known = {one.code: one.name for one in departments()}
    amount = _yuan(item.amount) if item.amount is not None else _("由决定或方案确定")
    pairs = [
        (_("部门"), known.get(item.department, item.department)),
        (_("对象"), _text(item.whom)),
        (_("困难类型"), _(AidType(item.type).label)),
        (_("救助方式"), _(AidKind(item.kind).label)),
        (_("给付依据"), _(AidBasis(item.basis).label)),
        (_("金额（元）"), amount),
        (
            _("计发"),
            _("%(per)s%(every)s")
            % {"per": _(AmountPer(item.per).label), "every": _(AmountEvery(item.every).label)},
        ),
        (_("资金来源"), _text(item.fund)),
        (_("计入救助指数"), _("是") if item.counted else _("否")),
        (_("说明"), _text(item.note) or "—"),
    ]
    return [_facts(_("救助事项"), "", pairs)]


def _calendar(version: PolicyVersion) -> list[Section]:
    year = year_of(version)
    days = sorted({**year.holidays, **year.workdays}.items())
    rows = tuple(
        (short_day(day), _text(name), _("上班") if day in year.workdays else _("放假"))
        for day, name in days
    )
    notices = _("；").join(notice(one.title, one.number) for one in year.notices)
    return [Section(_("放假与调休"), notices, (_("日期"), _("节日"), _("安排")), rows)]


def notice(title: str, number: str | None) -> str:
    """Name a State Council notice with its number."""
    known = {"title": _(title), "number": _numbered(number) if number else _("文号待核")}
    return _("%(title)s（%(number)s）") % known


def _numbered(number: str) -> str:
    found = _NUMBERED.fullmatch(number)
    if found is None:
        return number
    office, year, place = found.groups()
    told = {"office": _(office), "year": year, "number": place}
    return _("%(office)s〔%(year)s〕%(number)s号") % told


def _text(text: str | None) -> str:
    """Give a text of a policy in the reader's language; what nobody has translated stays."""
    return _(text) if text else ""


def _model(version: PolicyVersion) -> list[Section]:
    held = version.content
    rows = tuple(
        (_text(one["name"]), _number(one["weight"]), _text(one["unit"]), _parameters(one))
        for one in held["indicators"].values()
    )
    heads = (_("指标"), _("权重"), _("口径"), _("参数"))
    shown = [Section(_("指标和权重"), "", heads, rows, frozenset({1}))]
    for key, title in SECTIONS.items():
        part = held.get(key)
        if isinstance(part, Mapping):
            shown.append(_part(title, part))
    return shown


_ABOUT = {"name", "weight", "dimension", "unit", "reference"}


def _part(title: str, part: Mapping[str, Any]) -> Section:
    pairs = [(_word(key), _value(value)) for key, value in part.items() if key not in _ABOUT]
    note = _("单位：%(unit)s") % {"unit": _text(part["unit"])} if part.get("unit") else ""
    return _facts(_(title), note, pairs)


def _parameters(part: Mapping[str, Any]) -> str:
    told = [f"{_word(key)} {_value(value)}" for key, value in part.items() if key not in _ABOUT]
    return _("；").join(told)


def _word(key: str) -> str:
    return _(PARAMETERS.get(key, key))


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return _("，").join(f"{_word(key)} {_value(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        if all(isinstance(one, list | tuple) for one in value):
            return _("，").join(f"{_number(x)}→{_number(y)}" for x, y in value)
        return _("、").join(_number(one) for one in value)
    return _number(value)


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _facts(title: str, note: str, pairs: list[tuple[str, str]]) -> Section:
    return Section(title, note, (_("项目"), _("规定")), tuple(pairs))


def _yuan(fen: int) -> str:
    return format_fen(Fen(fen))


_READERS: dict[PolicyKind, Callable[[PolicyVersion], list[Section]]] = {
    PolicyKind.STANDARD: _standard,
    PolicyKind.INCOME_LINE: _income,
    PolicyKind.PROPERTY_LIMIT: _property,
    PolicyKind.HOUSING_LINE: _housing,
    PolicyKind.REVIEW_CYCLE: _review,
    PolicyKind.AID_ITEM: _item,
    PolicyKind.CALENDAR: _calendar,
    PolicyKind.INDEX_MODEL: _model,
}

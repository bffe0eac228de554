"""Which policy holds where and when: standards, limits, items, cycles, calendars, the model."""

from datetime import date
from functools import lru_cache

from yangguang.foundation.catalogue.models import Policy
from yangguang.foundation.catalogue.rules.choosing import (
    MissingPolicy,
    closest,
    line_for,
    standard_lines,
)
from yangguang.foundation.catalogue.rules.files import INDEX_KEY, write_policy
from yangguang.foundation.catalogue.types import (
    AidItem,
    AidItemView,
    HousingLine,
    IncomeLine,
    IncomeLineOf,
    IndexModelView,
    PolicyKind,
    PolicyVersion,
    PropertyLimit,
    ReviewCycle,
    StandardView,
)
from yangguang.foundation.kernel.calendars import read_year, shipped_calendar
from yangguang.foundation.kernel.money import Fen
from yangguang.foundation.kernel.policyfiles import build
from yangguang.foundation.kernel.workdays import Calendar


def standards(on: date, key: str = "dibao") -> list[StandardView]:
    """List the lines of standards in force on a day: fen a person and month, by area prefix.

    `key` is dibao, tekun, care or children. For an area the line with the longest prefix counts.
    One query.
    """
    return standard_lines(_in_force(PolicyKind.STANDARD, on, key))


def standard_for(area_code: str, register_type: str, on: date) -> Fen:
    """Give the low-income standard of an area and register type: fen a person and month.

    Raises MissingPolicy. One query; for many households take `standards` once.
    """
    line = line_for(standards(on), area_code, register_type)
    if line is None:
        raise MissingPolicy("最低生活保障标准", area_code, on)
    return line.monthly


def property_limits(on: date, area_code: str = "") -> dict[str, PropertyLimit]:
    """Give the property limits in force by category (dibao, margin, rigid). One query."""
    held = _closest_by_key(_in_force(PolicyKind.PROPERTY_LIMIT, on), area_code)
    return {key: build(version.content, PropertyLimit) for key, version in held.items()}


def disposable_income(area_code: str, on: date) -> tuple[IncomeLineOf, ...]:
    """List last year's disposable income by group: fen a person and year.

    Raises MissingPolicy. One query.
    """
    version = closest(_in_force(PolicyKind.INCOME_LINE, on), area_code)
    if version is None:
        raise MissingPolicy(PolicyKind.INCOME_LINE.label, area_code, on)
    return build(version.content, IncomeLine).lines


def area_line(on: date, area_code: str = "") -> float:
    """Give the floor area below which a dwelling counts as small: square metres a person.

    Raises MissingPolicy. One query.
    """
    version = closest(_in_force(PolicyKind.HOUSING_LINE, on), area_code)
    if version is None:
        raise MissingPolicy(PolicyKind.HOUSING_LINE.label, area_code, on)
    return build(version.content, HousingLine).square_metres


def review_cycles(on: date, area_code: str = "") -> dict[str, int]:
    """Give after how many months each category of household is reviewed. One query."""
    version = closest(_in_force(PolicyKind.REVIEW_CYCLE, on), area_code)
    cycles = build(version.content, ReviewCycle).cycles if version else ()
    return {cycle.category: cycle.months for cycle in cycles}


def review_months(category: str, on: date, area_code: str = "") -> int:
    """Give after how many months a category of household is reviewed.

    Raises MissingPolicy, also for a category that the policy does not name. One query.
    """
    cycles = review_cycles(on, area_code)
    if category not in cycles:
        raise MissingPolicy(f"{PolicyKind.REVIEW_CYCLE.label}（{category}）", area_code, on)
    return cycles[category]


def aid_items(on: date, area_code: str = "") -> list[AidItemView]:
    """List the aid items in force on a day by department and code; amounts in fen.

    `area_code` takes a city's or county's own version before the nation's. One query.
    """
    held = _closest_by_key(_in_force(PolicyKind.AID_ITEM, on), area_code)
    views = [_item(version) for version in held.values()]
    return sorted(views, key=lambda view: (view.item.department, view.code))


def aid_item(code: str, on: date, area_code: str = "") -> AidItemView:
    """Give one aid item by its code. Raises MissingPolicy. One query."""
    version = closest(_in_force(PolicyKind.AID_ITEM, on, code), area_code)
    if version is None:
        raise MissingPolicy(f"{PolicyKind.AID_ITEM.label}（{code}）", area_code, on)
    return _item(version)


def index_model(area_code: str, on: date) -> IndexModelView:
    """Give the index model in force for an area. Raises MissingPolicy. One query."""
    version = closest(_in_force(PolicyKind.INDEX_MODEL, on, INDEX_KEY), area_code)
    if version is None:
        raise MissingPolicy(PolicyKind.INDEX_MODEL.label, area_code, on)
    return IndexModelView(
        version=str(version.content["version"]),
        title=version.title,
        sample=version.sample,
        digest=version.digest,
        content=version.content,
        text=write_policy(version),
    )


def calendar() -> Calendar:
    """Give the working calendar of all years that are shipped or were added. One query.

    The years added are read anew only when one of them is not among those read last time.
    """
    known = shipped_calendar().years
    added = Policy.objects.filter(kind=PolicyKind.CALENDAR).exclude(key__in=map(str, known))
    digests = added.order_by("key").values_list("digest", flat=True)
    return _calendar_with(tuple(digests))


def policies(kind: str = "", on: date | None = None) -> list[PolicyVersion]:
    """List versions for the library page, by kind, key, area, the newest first; all kinds or one.

    With `on` only those in force on a day. One query.
    """
    rows = Policy.objects.filter(kind=kind) if kind else Policy.objects.all()
    if on is not None:
        rows = rows.in_force(on)
    return [row.version for row in rows.order_by("kind", "key", "area_code", "-valid_from")]


def policy(kind: str, key: str, area_code: str, valid_from: date) -> PolicyVersion | None:
    """Give one version, or None. One query."""
    row = Policy.objects.filter(
        kind=kind, key=key, area_code=area_code, valid_from=valid_from
    ).first()
    return row.version if row else None


def policy_text(version: PolicyVersion) -> str:
    """Give a version as the YAML text of its file, to download and to load again."""
    return write_policy(version)


def _in_force(kind: PolicyKind, on: date, key: str = "") -> list[PolicyVersion]:
    rows = Policy.objects.in_force(on).filter(kind=kind)
    return [row.version for row in (rows.filter(key=key) if key else rows)]


def _closest_by_key(versions: list[PolicyVersion], area_code: str) -> dict[str, PolicyVersion]:
    keys = {version.key for version in versions}
    found = {key: closest((v for v in versions if v.key == key), area_code) for key in keys}
    return {key: version for key, version in found.items() if version}


def _item(version: PolicyVersion) -> AidItemView:
    return AidItemView(
        code=version.key,
        name=version.title,
        ground=version.reference,
        sample=version.sample,
        area_code=version.area_code,
        digest=version.digest,
        item=build(version.content, AidItem),
    )


@lru_cache(maxsize=4)
def _calendar_with(digests: tuple[str, ...]) -> Calendar:
    """Join the shipped years with those whose content has these digests: the key of the cache."""
    shipped = shipped_calendar()
    if not digests:
        return shipped
    rows = Policy.objects.filter(kind=PolicyKind.CALENDAR, digest__in=digests)
    years = [read_year(write_policy(row.version), row.key) for row in rows]
    return Calendar.of([*shipped.years.values(), *years])

"""What the pages of the policy library say."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.translation import gettext as _

from yangguang.faces.desk.policies.contents import (
    Section,
    area_names,
    notice,
    sections,
    year_grid,
    year_of,
)
from yangguang.foundation.accounts.rules.roles import Permission, permits
from yangguang.foundation.catalogue.queries import calendar, policies
from yangguang.foundation.catalogue.types import PolicyKind, PolicyVersion
from yangguang.foundation.walls.context import Actor

WHOLE = "nation"
"""What stands in an address for the empty area prefix."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One version in the list, and whether it holds today."""

    version: PolicyVersion
    area: str
    address: tuple[str, str, str, str]
    state: str
    tone: str

    @property
    def title(self) -> str:
        """Name the version; the catalogue names a calendar by its year."""
        if self.version.kind is PolicyKind.CALENDAR:
            return _("%(year)s年工作日历") % {"year": self.version.key}
        return _(self.version.title)

    @property
    def reference(self) -> str:
        """Name what the version rests on; of a calendar its notices."""
        if self.version.kind is PolicyKind.CALENDAR:
            notices = self.version.content["notices"]
            return _("；").join(notice(one["title"], one["number"]) for one in notices)
        return _(self.version.reference)

    @classmethod
    def of(cls, version: PolicyVersion, area: str, on: date) -> Self:
        """Tell a version with its state on a day."""
        state, tone = _state(version, on)
        place = version.area_code or WHOLE
        address = (version.kind.value, version.key, place, version.valid_from.isoformat())
        return cls(version, area, address, state, tone)


def _state(version: PolicyVersion, on: date) -> tuple[str, str]:
    if version.valid_from > on:
        return (_("尚未施行"), "info")
    if version.valid_until is not None and version.valid_until <= on:
        return (_("已失效"), "quiet")
    return (_("施行中"), "ok")


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """The versions of one kind, the newest first."""

    kind: PolicyKind
    entries: list[Entry]
    last_year: int
    adds: bool

    @classmethod
    def of(cls, kind: str, *, by: Actor, on: date) -> Self:
        """Read a kind's versions; an unknown kind gives the standards. Three queries."""
        chosen = PolicyKind(kind) if kind in PolicyKind.codes() else PolicyKind.STANDARD
        versions = policies(chosen)
        areas = area_names([version.area_code for version in versions])
        entries = [Entry.of(version, areas[version.area_code], on) for version in versions]
        if chosen is PolicyKind.CALENDAR:
            entries.reverse()
        return cls(
            kind=chosen,
            entries=entries,
            last_year=max(calendar().years),
            adds=permits(by.role, Permission.ADD_CALENDAR),
        )


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version with its content in words; `grid` holds a calendar's twelve months."""

    entry: Entry
    sections: list[Section]
    grid: list[list[tuple[int, str, str]]]

    @classmethod
    def of(cls, version: PolicyVersion, on: date) -> Self:
        """Read a version's content."""
        area = area_names([version.area_code])[version.area_code]
        is_year = version.kind is PolicyKind.CALENDAR
        grid = year_grid(year_of(version)) if is_year else []
        return cls(Entry.of(version, area, on), sections(version), grid)

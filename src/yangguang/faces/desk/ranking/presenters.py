"""What the ranking shows: heads, tabs, tree, rows, and where the pager leads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Self

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from yangguang.aid.index.queries import Filter, Frame, Page, Row
from yangguang.aid.index.rules.flags import FlagName
from yangguang.aid.index.types import Band
from yangguang.faces.desk.ranking.addresses import ranking_address
from yangguang.faces.look.formats import moment, thousands
from yangguang.faces.look.words import how_many, zh
from yangguang.foundation.accounts.rules.roles import Permission, permits
from yangguang.foundation.catalogue.types import AidType
from yangguang.foundation.divisions.rules.names import short_name


@dataclass(frozen=True, slots=True)
class Branch:
    """One area of the tree, as `frame.area` draws it; `fold` is "open", "closed" or ""."""

    name: str
    href: str
    count: int
    depth: int
    on: bool
    fold: str


@dataclass(frozen=True)
class RankingPage:
    """One page of one list."""

    frame: Frame
    chosen: Filter
    listed: Page
    at: datetime
    may_register: bool

    @classmethod
    def of(cls, frame: Frame, chosen: Filter, rows: Page, *, at: datetime, role: str) -> Self:
        """Put together what was read."""
        return cls(frame, chosen, rows, at, permits(role, Permission.EDIT_HOUSEHOLDS))

    @property
    def on(self) -> date:
        """Give the day of the page in the city."""
        return timezone.localdate(self.at)

    @cached_property
    def title(self) -> str:
        """Name the list: whose, and of which trouble."""
        area = self.frame.chosen.name
        if self.chosen.type is None:
            return _("%(area)s困难家庭排序") % {"area": area}
        kind = _(self.chosen.type.label)
        return _("%(area)s困难家庭排序：%(type)s") % {"area": area, "type": kind}

    @property
    def heading(self) -> str:
        """Give the title with the area's name marked as Chinese."""
        area = zh(self.frame.chosen.name)
        if self.chosen.type is None:
            return Markup(_("%(area)s困难家庭排序")) % {"area": area}  # our own catalogue
        text = Markup(_("%(area)s困难家庭排序：%(type)s"))
        return text % {"area": area, "type": _(self.chosen.type.label)}

    @property
    def note(self) -> str:
        """Say how many, by which model and as of when."""
        fresh = self.frame.freshness
        sample = _("（示例）") if fresh.sample else ""
        return _("%(households)s %(people)s · 模型 %(model)s%(sample)s · 截至 %(at)s") % {
            "households": how_many("共 %(n)s 户", self.frame.chosen.households),
            "people": how_many("%(n)s 人", self.frame.chosen.people),
            "model": fresh.model,
            "sample": sample,
            "at": moment(self.at),
        }

    def address(self, **changed: str) -> str:
        """Give the address of this list with something changed; it begins at the first family."""
        same = {
            "area": self.frame.chosen.code,
            "type": self.chosen.type or "",
            "band": self.chosen.band or "",
            "flag": self.chosen.flag or "",
        }
        return ranking_address(**(same | changed))

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """Give the tabs of the types, all first."""
        whole = (_("综合"), self.address(type=""), self.chosen.type is None)
        kinds = [(_(k.label), self.address(type=k), self.chosen.type is k) for k in AidType]
        return [whole, *kinds]

    @property
    def bands(self) -> list[tuple[str, str, bool]]:
        """Give the choices of a band with their counts."""
        counts = self.frame.board.bands
        return [_option(band, counts[band], self.chosen.band is band) for band in Band]

    @property
    def flags(self) -> list[tuple[str, str, bool]]:
        """Give the choices of a flag with their counts."""
        counts = self.frame.board.flags
        return [_option(flag, counts[flag], self.chosen.flag is flag) for flag in FlagName]

    @property
    def branches(self) -> Iterator[Branch]:
        """Walk the tree in the order of the codes, which is parents before children."""
        root = self.frame.root
        for place in sorted(self.frame.places, key=lambda one: one.code):
            open_here = place.level < 5 and self._is_on_the_way(place.code, place.level)
            yield Branch(
                name=place.name,
                href=self.address(area=place.code),
                count=place.households,
                depth=place.level - root.level,
                on=place.code == self.frame.chosen.code,
                fold="" if place.level == 5 else "open" if open_here else "closed",
            )

    def _is_on_the_way(self, code: str, level: int) -> bool:
        digits = (2, 4, 6, 9, 12)[level - 1]
        return self.frame.chosen.code.startswith(code[:digits])

    @property
    def way(self) -> list[tuple[str, str]]:
        """Give the way from the reader's own area to the chosen one."""
        return [
            (zh(place.name), "" if place is self.frame.chosen else self.address(area=place.code))
            for place in sorted(self.frame.places, key=lambda one: one.level)
            if self._is_on_the_way(place.code, place.level)
        ]

    @property
    def rows(self) -> Iterator[tuple[int | None, Row]]:
        """Give the families with their ranks; without ranks where the list is not a whole order."""
        first = self.listed.first
        for step, row in enumerate(self.listed.rows):
            yield (None if first is None else first + step), row

    def place(self, row: Row) -> str:
        """Give township and village, the village as people call it."""
        return f"{row.town} · {short_name(row.village)}"

    @property
    def shown(self) -> str:
        """Say which families are on the page."""
        count = len(self.listed.rows)
        if self.listed.first is None or not count:
            return ngettext("本页 %(n)d 户", "本页 %(n)d 户", count) % {"n": count}
        last = self.listed.first + count - 1
        values: dict[str, Any] = {"first": thousands(self.listed.first), "last": thousands(last)}
        if self.chosen.type is not None:
            return _("第 %(first)s–%(last)s 户") % values
        values["n"] = thousands(self.frame.chosen.households)
        return _("第 %(first)s–%(last)s 户，共 %(n)s 户") % values

    @property
    def earlier(self) -> str:
        """Give the address of the page before, or none."""
        return self.address(before=self.listed.earlier) if self.listed.earlier else ""

    @property
    def later(self) -> str:
        """Give the address of the page after, or none."""
        return self.address(after=self.listed.later) if self.listed.later else ""


def _option(choice: Band | FlagName, count: int, on: bool) -> tuple[str, str, bool]:
    return (choice.value, f"{_(choice.label)} {thousands(count)}", on)

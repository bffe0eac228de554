"""What the pages of finding, registering and changing households show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from yangguang.aid.index.queries import Frame, frame_of
from yangguang.faces.desk.households.forms.base import ChangeForm
from yangguang.faces.desk.households.forms.registering import Registration
from yangguang.faces.look.words import zh
from yangguang.families.registry.queries.listing import Listing, listed
from yangguang.families.registry.queries.search import counts, search
from yangguang.families.registry.queries.views import Counts, HouseholdPage, SearchHit
from yangguang.families.registry.types import Category, Relation, Sex
from yangguang.foundation.accounts.rules.roles import Permission, permits
from yangguang.foundation.walls.context import Actor

MOST_HITS = 50
LISTED_FROM = len("370112001")
"""The scope of a township: from there down families are listed, above it areas."""
_NUMBER = re.compile(r"\d{14}")


@dataclass(frozen=True, slots=True)
class HouseholdsPage:
    """The register of one area; `listing` of a township or a village, whose families are few."""

    frame: Frame | None
    counts: Counts
    listing: Listing | None
    may_register: bool

    @classmethod
    def of(cls, by: Actor, *, on: date, after: str = "", before: str = "") -> Self:
        """Read the register of an actor's area, its list from a number on. Seven queries."""
        return cls(
            frame=frame_of(by.scope, by.scope.ljust(12, "0"), on),
            counts=counts(by.scope),
            listing=_listing(by.scope, after, before),
            may_register=permits(by.role, Permission.EDIT_HOUSEHOLDS),
        )

    @property
    def earlier(self) -> str:
        """Give the address of the page before this one, nothing where there is none."""
        rows = self.listing.rows if self.listing and self.listing.earlier else ()
        return list_address("before", rows[0].number) if rows else ""

    @property
    def later(self) -> str:
        """Give the address of the page behind this one, nothing where there is none."""
        rows = self.listing.rows if self.listing and self.listing.later else ()
        return list_address("after", rows[-1].number) if rows else ""

    @property
    def categories(self) -> list[tuple[str, int]]:
        """Give the categories in force with their households."""
        return [(_(Category(code).label), n) for code, n in self.counts.by_category]


def _listing(scope: str, after: str, before: str) -> Listing | None:
    if len(scope) < LISTED_FROM:
        return None
    known = [text if text.isprintable() else "" for text in (after, before)]
    found = listed(scope, after=known[0], before=known[1])
    # Before the first or behind the last there is nobody: begin anew.
    return found if found.rows or not any(known) else listed(scope)


def list_address(way: str, number: str) -> str:
    """Give the address of the list before or after a household number."""
    return f"{reverse('desk:households')}?{urlencode({way: number})}"


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was sought and who was found."""

    text: str
    hits: tuple[SearchHit, ...]

    @classmethod
    def of(cls, text: str, *, by: Actor) -> Self:
        """Search within the actor's scope."""
        return cls(text, tuple(search(text, actor=by, limit=MOST_HITS)))

    @property
    def only(self) -> int | None:
        """Give the household that a household number names, to go straight there."""
        first = self.hits[0] if self.hits else None
        return first.household_id if first and first.matched == "household_number" else None

    @property
    def echoed(self) -> str:
        """Give what was sought, to change it; an identity number is not shown again."""
        return "" if _NUMBER.search(self.text) else self.text

    @property
    def is_cut(self) -> bool:
        """Tell whether there may be more than is shown."""
        return len(self.hits) >= MOST_HITS

    @property
    def rows(self) -> Iterator[tuple[SearchHit, str, str]]:
        """Give the hits with the words for sex and relation."""
        for hit in self.hits:
            yield hit, _(Sex(hit.sex).label), _(Relation(hit.relation).label)


@dataclass(frozen=True, slots=True)
class ChangePage:
    """The form of one change; `is_stale`: somebody else was faster."""

    file: HouseholdPage
    form: ChangeForm
    is_stale: bool

    @property
    def title(self) -> str:
        """Name the change, and the member whose it is."""
        title = str(self.form.title)
        if self.form.member is None:
            return title
        return _("%(change)s：%(name)s") % {"change": title, "name": self.form.member.name}

    @property
    def heading(self) -> str:
        """Give the title with the member's name marked as Chinese."""
        if self.form.member is None:
            return self.title
        text = Markup(_("%(change)s：%(name)s"))  # our own catalogue
        return text % {"change": str(self.form.title), "name": zh(self.form.member.name)}


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The page on which a household is registered."""

    form: Registration

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Give what is wrong, once something was sent."""
        return list(self.form.problems())

    @staticmethod
    def said(number: str, index: str) -> str:
        """Say that the household is registered."""
        return _("已登记，户编号 %(number)s。%(index)s") % {"number": number, "index": index}

"""What the pages of bodies and areas say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self

from yangguang.foundation.accounts.rules.roles import Permission, permits
from yangguang.foundation.divisions.queries import area as area_by_code
from yangguang.foundation.divisions.queries import (
    bodies,
    body_counts,
    changes,
    children,
    former_names,
    names,
    organisation_tree,
    path,
)
from yangguang.foundation.divisions.types import (
    AreaView,
    BodyCount,
    BodyKind,
    BodyView,
    ChangeKind,
    OrganisationView,
)
from yangguang.foundation.walls.context import Actor

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class BodiesPage:
    """The bodies of an area, a page at a time, with what each lacks."""

    here: AreaView
    above: list[AreaView]
    below: list[AreaView]
    counts: list[BodyCount]
    kind: str
    lacking: bool
    rows: list[BodyView]
    found: int
    page: int
    edits: bool

    @classmethod
    def of(cls, code: str, *, kind: str, lacking: bool, page: int, by: Actor) -> Self | None:
        """Read an area's bodies, None when the area is outside the officer's. Five queries."""
        here = area_by_code(code)
        if here is None or not by.covers(code):
            return None
        known = kind if kind in BodyKind.codes() else ""
        found = [row for row in bodies(here.scope, known) if row.missing or not lacking]
        page = min(max(page, 1), max(1, -(-len(found) // PER_PAGE)))
        return cls(
            here=here,
            above=[area for area in path(code)[:-1] if by.covers(area.code)],
            below=children(code),
            counts=body_counts(here.scope),
            kind=known,
            lacking=lacking,
            rows=found[(page - 1) * PER_PAGE : page * PER_PAGE],
            found=len(found),
            page=page,
            edits=permits(by.role, Permission.EDIT_BODIES),
        )

    @property
    def has_more(self) -> bool:
        """Tell whether another page follows."""
        return self.page * PER_PAGE < self.found


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation with its depth below the leading group."""

    depth: int
    name: str
    kind: str
    responsible: str
    phone: str


def organisation_rows() -> list[OrganisationRow]:
    """List the leading group, its office, units and departments, parents before children."""
    return list(_flat(organisation_tree(), 0))


def _flat(
    members: tuple[OrganisationView, ...] | list[OrganisationView], depth: int
) -> Iterator[OrganisationRow]:
    for one in members:
        facts = one.facts
        yield OrganisationRow(depth, facts.name, facts.kind.label, facts.responsible, facts.phone)
        yield from _flat(one.members, depth + 1)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an area, told by names."""

    on: date
    kind: str
    old: str
    old_code: str
    new: str
    new_code: str
    reference: str


@dataclass(frozen=True, slots=True)
class AreasPage:
    """An area, those below it, what it was called, and what changed inside it."""

    here: AreaView
    above: list[AreaView]
    below: list[AreaView]
    former: list[tuple[str, date, date]]
    changes: list[Change]
    renames: bool

    @classmethod
    def of(cls, code: str, by: Actor) -> Self | None:
        """Read an area's past, None when it is outside the officer's. Six queries."""
        here = area_by_code(code)
        if here is None or not by.covers(code):
            return None
        return cls(
            here=here,
            above=[area for area in path(code)[:-1] if by.covers(area.code)],
            below=children(code),
            former=former_names(code),
            changes=_changes(here.scope),
            renames=may_rename(by),
        )


def may_rename(by: Actor) -> bool:
    """Tell whether an officer keeps the areas: a city's, not a township's, with the permission."""
    return permits(by.role, Permission.EDIT_BODIES) and len(by.scope) <= len("3701")


def _changes(scope: str) -> list[Change]:
    found = changes(scope)
    known = names({code for _, _, old, new, _ in found for code in (old, new) if code})
    return [
        Change(on, ChangeKind(kind).label, known.get(old, old), old, known.get(new, new), new, ref)
        for on, kind, old, new, ref in found
    ]

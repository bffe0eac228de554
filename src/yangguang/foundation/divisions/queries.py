"""Which areas there are, how they hang together, who follows an old code; bodies and who leads."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from yangguang.foundation.divisions.models import (
    Area,
    AreaChange,
    FormerName,
    Organisation,
    ServiceBody,
)
from yangguang.foundation.divisions.rules.changes import follow
from yangguang.foundation.divisions.rules.haves import missing_haves
from yangguang.foundation.divisions.rules.names import same_name, short_name
from yangguang.foundation.divisions.types import (
    PREFIX,
    AreaView,
    BodyCount,
    BodyKind,
    BodyView,
    Level,
    OrganisationFacts,
    OrganisationKind,
    OrganisationView,
    VillageMatch,
)

_ORGANISATION_KINDS = {kind.value: kind for kind in OrganisationKind}


def area(code: str) -> AreaView | None:
    """Give an area by its twelve digits, ended or not, or None. One query."""
    row = Area.objects.filter(code=code).first()
    return row.view if row else None


def widest() -> AreaView | None:
    """Give the area that all others hang below: whatever concerns everybody is recorded there."""
    row = Area.objects.order_by("level", "code").first()
    return row.view if row else None


def children(code: str) -> list[AreaView]:
    """List the areas in force directly under one, by code. One query."""
    return _views(Area.objects.filter(parent=code, valid_until=None).order_by("code"))


def path(code: str) -> list[AreaView]:
    """List an area and all above it, the widest first: the breadcrumb. Two queries at most."""
    here = Area.objects.filter(code=code).first()
    if here is None:
        return []
    level = Level(here.level)
    codes = [code[: PREFIX[above]].ljust(12, "0") for above in Level if above < level]
    above = Area.objects.filter(code__in=codes, level__lt=here.level).order_by("level")
    return [*_views(above), here.view]


def names(codes: Iterable[str]) -> dict[str, str]:
    """Give the names of areas by code; unknown codes are left out. One query."""
    return dict(Area.objects.filter(code__in=set(codes)).values_list("code", "name"))


def tree(scope: str) -> list[AreaView]:
    """List all areas in force within a scope (a code prefix), parents before children. One query.

    A city has some six thousand; a page that opens step by step asks `children` instead.
    """
    rows = Area.objects.within(scope).filter(valid_until=None)
    return _views(rows.order_by("level", "code"))


def villages(scope: str) -> list[AreaView]:
    """List the villages in force within a scope, by code. One query."""
    rows = Area.objects.within(scope).filter(valid_until=None, level=Level.VILLAGE)
    return _views(rows.order_by("code"))


def find_village(text: str, scope: str) -> VillageMatch:
    """Find the village that a name or code means within a scope.

    Names compare without 村民委员会, 居委会 and the like; several villages of one name in the scope
    are all given, so that the clerk may choose. One query. For many rows take `village_finder`.
    """
    return village_finder(scope).find(text)


class VillageFinder:
    """The villages of a scope by code and by name, for a roster of many rows."""

    def __init__(self, views: Iterable[AreaView]) -> None:
        """Index the villages by code, full name and short name."""
        self._codes: set[str] = set()
        self._full: dict[str, list[str]] = {}
        self._short: dict[str, list[str]] = {}
        for view in views:
            self._codes.add(view.code)
            self._full.setdefault(same_name(view.name), []).append(view.code)
            self._short.setdefault(short_name(view.name), []).append(view.code)

    def find(self, text: str) -> VillageMatch:
        """Find what a code, a full name or a short name means; a full name goes before."""
        given = same_name(text)
        if given in self._codes:
            return VillageMatch(text, (given,))
        found = self._full.get(given) or self._short.get(short_name(text)) or []
        return VillageMatch(text, tuple(found))


def village_finder(scope: str) -> VillageFinder:
    """Give the finder of a scope's villages. One query, however many rows it then answers."""
    return VillageFinder(villages(scope))


def successor(code: str, on: date) -> list[str]:
    """List the codes that an old code has become by a day: itself while it lives, or its heirs.

    Several after a split, none when the code was never known. Two queries.
    """
    rows = AreaChange.objects.filter(on_date__lte=on).order_by("on_date", "id")
    codes = follow(code, rows.values_list("on_date", "old_code", "new_code"))
    living = set(Area.objects.in_force(on).filter(code__in=codes).values_list("code", flat=True))
    return [code for code in codes if code in living]


def ended_areas(scope: str, on: date) -> list[str]:
    """List the codes within a prefix that have ended by a day. One query."""
    rows = Area.objects.within(scope).filter(valid_until__lte=on).order_by("code")
    return list(rows.values_list("code", flat=True))


def former_names(code: str) -> list[tuple[str, date, date]]:
    """List what an area was called before: name, from, until; the earliest first. One query."""
    rows = FormerName.objects.filter(area=code).order_by("valid_from")
    return list(rows.values_list("name", "valid_from", "valid_until"))


def changes(scope: str) -> list[tuple[date, str, str, str, str]]:
    """List the changes within a scope: day, kind, old code, new code, reference. One query."""
    inside = Q(old_code__gte=scope, old_code__lt=scope + ":")
    rows = AreaChange.objects.filter(inside).order_by("on_date", "id")
    return list(rows.values_list("on_date", "kind", "old_code", "new_code", "reference"))


def bodies(scope: str, kind: str = "") -> list[BodyView]:
    """List the open bodies within a scope, each with what it lacks of the six. One query."""
    rows = _open_bodies(scope).select_related("area").order_by("area_id", "kind")
    if kind:
        rows = rows.filter(kind=kind)
    return [_body(row) for row in rows]


def body(body_id: int) -> BodyView | None:
    """Give one open service body, or None. One query."""
    row = ServiceBody.objects.select_related("area").filter(pk=body_id, closed_date=None).first()
    return _body(row) if row else None


def body_counts(scope: str) -> list[BodyCount]:
    """Count the open bodies of each kind within a scope, those with all six, and their assets.

    One query; budgets in fen a year.
    """
    views = [_body(row) for row in _open_bodies(scope).select_related("area")]
    return [_count(kind, [view for view in views if view.facts.kind == kind]) for kind in BodyKind]


def departments() -> list[OrganisationFacts]:
    """List the departments that give aid, as the file has them. One query."""
    rows = Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT)
    return [_organisation(row) for row in rows.select_related("parent").order_by("id")]


def organisation_tree() -> list[OrganisationView]:
    """Give the leading group with its office, units, departments and county groups. One query."""
    rows = list(Organisation.objects.select_related("parent").order_by("id"))
    return _members(rows, None)


def _views(rows: QuerySet[Area]) -> list[AreaView]:
    return [row.view for row in rows]


def _open_bodies(scope: str) -> QuerySet[ServiceBody]:
    return ServiceBody.objects.filter(closed_date=None, area_id__gte=scope, area_id__lt=scope + ":")


def _body(row: ServiceBody) -> BodyView:
    facts = row.facts
    return BodyView(row.pk, row.area.name, facts, missing_haves(facts))


def _count(kind: BodyKind, views: list[BodyView]) -> BodyCount:
    return BodyCount(
        kind=kind,
        open=len(views),
        complete=sum(not view.missing for view in views),
        staff=sum(view.facts.staff for view in views),
        computers=sum(view.facts.computers for view in views),
        vehicles=sum(view.facts.vehicles for view in views),
        yearly_budget_fen=sum(view.facts.yearly_budget_fen for view in views),
    )


def _organisation(row: Organisation) -> OrganisationFacts:
    return OrganisationFacts(
        code=row.code,
        name=row.name,
        kind=_ORGANISATION_KINDS[row.kind],
        area=row.area_id,
        parent=row.parent.code if row.parent else None,
        responsible=row.responsible,
        phone=row.phone,
    )


def _members(rows: list[Organisation], parent: int | None) -> list[OrganisationView]:
    return [
        OrganisationView(_organisation(row), tuple(_members(rows, row.pk)))
        for row in rows
        if row.parent_id == parent
    ]

"""The households of an area by their numbers, a page at a time."""

from dataclasses import dataclass

from django.db.models import Count, Q

from yangguang.families.registry.models import Household


@dataclass(frozen=True, slots=True)
class ListedHousehold:
    """One household of the list."""

    id: int
    number: str
    head_name: str
    area_name: str
    persons: int


@dataclass(frozen=True, slots=True)
class Listing:
    """One page; `earlier` and `later` tell whether another stands before or behind it."""

    rows: tuple[ListedHousehold, ...]
    earlier: bool
    later: bool


def listed(scope: str, *, after: str = "", before: str = "", limit: int = 50) -> Listing:
    """List households on the register by number, behind or before one. Budget: 2 queries.

    Of `before` and `after` the first counts. A number that nobody has is a place as good as any.
    """
    everybody = Household.objects.on_register().within(scope)
    if before:
        found = list(everybody.filter(number__lt=before).order_by("-number")[: limit + 1])
    else:
        found = list(everybody.filter(number__gt=after).order_by("number")[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    keys = [one.pk for one in (reversed(found) if before else found)]
    return Listing(_rows(keys), earlier=more if before else bool(after), later=bool(before) or more)


def _rows(keys: list[int]) -> tuple[ListedHousehold, ...]:
    current = Q(memberships__ended_date=None, memberships__is_counted=True)
    rows = (
        Household.objects.filter(pk__in=keys)
        .annotate(persons=Count("memberships", filter=current))
        .order_by("number")
        .values_list("id", "number", "head__name", "area__name", "persons")
    )
    return tuple(
        ListedHousehold(key, number, head or "", area, persons)
        for key, number, head, area, persons in rows
    )

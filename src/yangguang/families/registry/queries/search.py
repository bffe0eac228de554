"""Finding people and households by what a clerk types, within the scope.

Every filter is an equality or a range of a C-collated column: those operators are leakproof, so
PostgreSQL may use their indexes below the row-level policy, as it may not for LIKE.
"""

import re
from typing import Final

from django.db.models import FETCH_RAISE, Count, Q

from yangguang.families.registry.models import Household, Membership, Person, Recognition
from yangguang.families.registry.queries.views import Counts, HistoryLine, SearchHit
from yangguang.families.registry.rules.pinyin import typed
from yangguang.families.registry.types import NumberKind
from yangguang.foundation.audit.models import Record
from yangguang.foundation.kernel.identity import IdentityNumberError, parse_number
from yangguang.foundation.kernel.masks import mask_number
from yangguang.foundation.walls.context import Actor
from yangguang.foundation.walls.sealing import blind, unseal

_BEYOND: Final = "\U0010ffff"
_LETTERS: Final = re.compile(r"[a-zü' ]+", re.IGNORECASE)


def search(text: str, *, actor: Actor, limit: int = 20) -> list[SearchHit]:
    """Find by name or its beginning, pinyin, initials, identity number (18 or 15), 户编号.

    At most `limit` persons, those on the register first; a household that has left the register is
    found too. Budget: 3 queries (4 for letters).
    """
    text = text.strip()
    if not text:
        return []
    if (household := _household(text, actor)) is not None:
        return _hits(_last_of(household), "household_number", limit)
    if (number := _number(text)) is not None:
        people = Person.objects.filter(number_blind=number)
        return _hits_of([one.pk for one in people[:1]], "number", limit)
    if _LETTERS.fullmatch(text):
        return _by_letters(typed(text), actor, limit)
    return _hits_of(_ids("name", text, actor, limit), "name", limit)


def prefix(field: str, text: str) -> Q:
    """Give the range of a C-collated column's values that begin with `text`."""
    return Q(**{f"{field}__gte": text, f"{field}__lt": text + _BEYOND})


def _household(text: str, actor: Actor) -> Household | None:
    return Household.objects.within(actor.scope).filter(number=text).first()


def _last_of(household: Household) -> Q:
    """Give the members of a household, of a closed one those with whom it closed."""
    if household.closed_date is None:
        return Q(household=household, ended_date=None)
    return Q(household=household, ended_date__gte=household.closed_date)


def _number(text: str) -> bytes | None:
    try:
        return blind(parse_number(text).number)
    except IdentityNumberError:
        return None


def _by_letters(letters: str, actor: Actor, limit: int) -> list[SearchHit]:
    found = _ids("initials", letters, actor, limit)
    if len(found) < limit:
        found += [one for one in _ids("pinyin", letters, actor, limit) if one not in found]
    return _hits_of(found[:limit], "pinyin", limit)


def _ids(field: str, text: str, actor: Actor, limit: int) -> list[int]:
    rows = Person.objects.filter(
        prefix(field, text), area_code__gte=actor.scope, area_code__lt=actor.scope + ":"
    )
    return list(rows.order_by(field, "id").values_list("id", flat=True)[:limit])


def _hits_of(people: list[int], matched: str, limit: int) -> list[SearchHit]:
    hits = _hits(Q(person_id__in=people), matched, None) if people else []
    best: dict[int, SearchHit] = {}
    for hit in hits:
        best.setdefault(hit.person_id, hit)
    return [best[person] for person in people if person in best][:limit]


def _hits(where: Q, matched: str, limit: int | None) -> list[SearchHit]:
    rows = (
        Membership.objects.filter(where)
        .select_related("person", "household__area", "household__head")
        .order_by("-ended_date", "id")[:limit]
    )
    return [_hit(row, matched) for row in rows.fetch_mode(FETCH_RAISE)]


def _hit(row: Membership, matched: str) -> SearchHit:
    person, household = row.person, row.household
    number = unseal(bytes(person.number_sealed), place=f"person.number.{person.pk}")
    return SearchHit(
        person_id=person.pk,
        name=person.name,
        number_masked=mask_number(number),
        sex=person.sex,
        born=person.born_date,
        relation=row.relation,
        household_id=household.pk,
        household_number=household.number,
        head_name=household.head.name if household.head else "",
        area_code=household.area_id,
        area_name=household.area.name,
        is_closed=household.closed_date is not None,
        matched=matched,
    )


def history(household_id: int, *, limit: int = 200) -> list[HistoryLine]:
    """List what the trail keeps of a household, the latest first. One query."""
    rows = Record.objects.filter(object_kind="household", object_key=str(household_id))
    return [
        HistoryLine(at=row.at, verb=row.verb, actor_name=row.actor_name,
                    actor_role=row.actor_role, reason=row.reason)
        for row in rows.order_by("-at", "-id")[:limit].fetch_mode(FETCH_RAISE)
    ]  # fmt: skip


def counts(scope: str) -> Counts:
    """Count an area's households and counted persons on the register. Budget: 4 queries."""
    from_scope = {"area_code__gte": scope, "area_code__lt": scope + ":"}
    current = Membership.objects.filter(ended_date=None, **from_scope)
    in_force = Recognition.objects.filter(ended_date=None, **from_scope)
    by_category = in_force.values_list("category").annotate(n=Count("id")).order_by("category")
    return Counts(
        households=Household.objects.on_register().within(scope).count(),
        persons=current.filter(is_counted=True).count(),
        by_category=tuple(by_category),
        temporary_numbers=current.filter(person__number_kind=NumberKind.TEMPORARY).count(),
    )

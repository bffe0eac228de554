"""What a drawing stands on: the item, the ranking, who was helped lately."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Sum

from yangguang.aid.index.models import Score
from yangguang.aid.index.queries.pages import SPENDING_OF, ranking_for_plan
from yangguang.aid.ledger.queries.history import households_given
from yangguang.aid.ledger.rules import months_before
from yangguang.aid.plans.models import Plan
from yangguang.aid.plans.rules import (
    Amount,
    Candidate,
    Drawn,
    Line,
    NotInArea,
    demand_by_rank,
    draw,
)
from yangguang.families.registry.models import Household, Spending
from yangguang.foundation.catalogue.queries import aid_item
from yangguang.foundation.catalogue.types import AidKind, AidType
from yangguang.foundation.divisions.models import Area, Organisation
from yangguang.foundation.divisions.types import PREFIX, Level
from yangguang.foundation.walls.context import Actor


@dataclass(frozen=True, slots=True)
class Item:
    """An aid item as a plan keeps it."""

    code: str
    name: str
    type: AidType
    kind: AidKind
    payer: str
    is_counted: bool


@dataclass(frozen=True, slots=True)
class Unranked:
    """A family put in by hand that has no index of the plan's type."""

    household_id: int
    number: str
    value: float
    members: int
    spending_fen: int


@dataclass(frozen=True, slots=True)
class FamilyNow:
    """A family on a list, where it lives now, and whether it has left the register."""

    household_id: int
    number: str
    amount_fen: int
    exclusion: str
    area_code: str | None
    has_left: bool


_FAMILIES_NOW = """
SELECT l.household_id, l.household_number, l.amount_fen, l.exclusion, h.area_code,
  h.closed_date IS NOT NULL
FROM plans_planline l LEFT JOIN registry_household h ON h.id = l.household_id
WHERE l.plan_id = %s AND l.is_included ORDER BY l.position, l.id
"""


def item_by_rank(item_code: str, *, area_code: str, on: date) -> Item:
    """Give an aid item in force that has a budget. Raises `NotByRank` for an entitlement."""
    found = aid_item(item_code, area_code=area_code, on=on)
    demand_by_rank(found.item.basis, name=found.name)
    return Item(
        code=found.code,
        name=found.name,
        type=found.item.type,
        kind=found.item.kind,
        payer=_department(found.item.department),
        is_counted=found.item.counted,
    )


def _department(code: str) -> str:
    name = Organisation.objects.filter(code=code).values_list("name", flat=True).first()
    return name or code


def scope_of(area_code: str, *, by: Actor) -> str:
    """Give the prefix of an area. Raises `NotInArea` when it is unknown or outside the scope."""
    area = Area.objects.filter(code=area_code).first()
    if area is None or not by.covers(area_code):
        raise NotInArea("没有这个区划，或不在您的辖区。请在区划树中重新选择。")
    return area_code[: PREFIX[Level(area.level)]]


def ranking(area_code: str, type: str) -> Iterator[Candidate]:
    """Give the ranking of an area, neediest first, by a type or, where it is empty, by A."""
    return iter(ranking_for_plan(area_code, AidType(type) if type else None))


def helped_lately(plan: Plan, *, on: date) -> frozenset[int]:
    """Give the households of a plan's area that have its item already, in the months it asks."""
    return _given(plan.item_code, plan.scope, plan.repeat_months, on)


def _given(item_code: str, scope: str, repeat_months: int, on: date) -> frozenset[int]:
    if not repeat_months:
        return frozenset()
    return households_given(item_code, scope=scope, since=months_before(on, repeat_months))


def families_now(plan: Plan) -> list[FamilyNow]:
    """Give the families on a list as they are now, by rank; one out of sight has no area."""
    with connection.cursor() as cursor:
        cursor.execute(_FAMILIES_NOW, [plan.pk])
        return [FamilyNow(*row) for row in cursor.fetchall()]


def in_model_version(lines: Sequence[Line]) -> str:
    """Name the model by which the first family of a list was scored; empty for an empty list."""
    if not lines:
        return ""
    versions = Score.objects.filter(household_id=lines[0].household_id)
    return versions.values_list("model_version", flat=True).first() or ""


def unranked(household: Household, type: str) -> Unranked:
    """Give what an amount needs to know of a family without an index of the type."""
    members = household.memberships.filter(ended_date=None, is_counted=True).count()
    spending = 0
    if type and (kind := SPENDING_OF.get(AidType(type))):
        spent = Spending.objects.filter(household=household, kind=kind)
        spending = spent.aggregate(fen=Sum("amount_fen"))["fen"] or 0
    return Unranked(household.pk, household.number, 0.0, members, spending)


def try_out(
    item: Item,
    *,
    area_code: str,
    type: AidType | None,
    amount: Amount,
    budget_fen: int,
    repeat_months: int,
    margin: int,
    by: Actor,
    on: date,
) -> Drawn:
    """Draw without keeping anything, as the slider moves; the same rules as `draw_plan`."""
    return draw(
        ranking(area_code, type or ""),
        budget_fen=budget_fen,
        amount=amount,
        helped=_given(item.code, scope_of(area_code, by=by), repeat_months, on),
        margin=margin,
    )

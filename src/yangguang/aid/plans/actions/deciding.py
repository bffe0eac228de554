"""Submitting, approving under four eyes, returning and cancelling."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction
from django.utils.timezone import localdate

from yangguang.aid.ledger.actions import promise
from yangguang.aid.ledger.types import Aid, Origin, Promise
from yangguang.aid.plans.actions.shared import audit, demand_trail, ground_of, lock, state_of, touch
from yangguang.aid.plans.models import Plan
from yangguang.aid.plans.queries.drawing import FamilyNow, families_now, helped_lately
from yangguang.aid.plans.rules import (
    EmptyList,
    FamiliesChanged,
    demand_another,
    demand_reason,
    demand_transition,
)
from yangguang.aid.plans.types import Exclusion, PlanStatus
from yangguang.foundation.accounts.rules.roles import Permission, demand
from yangguang.foundation.catalogue.types import AidKind, AidType
from yangguang.foundation.walls.context import Actor

# In one order of families, so that two plans of the same area wait for each other.
_LOCK_FAMILIES = """
SELECT h.id FROM registry_household h
WHERE h.id IN (SELECT household_id FROM plans_planline WHERE plan_id = %s AND is_included)
ORDER BY h.id FOR NO KEY UPDATE
"""


@transaction.atomic
def submit(plan_id: int, *, by: Actor, at: datetime) -> Plan:
    """Send a draft to the approver, which locks it; submitted already, nothing changes.

    Raises `NotPermitted`, `NotInArea`, `StatusUnfit`, `EmptyList`.
    """
    demand(by.role, Permission.DRAW_PLAN)
    plan = lock(plan_id)
    if plan.status == PlanStatus.SUBMITTED and plan.submitted_by == by.id:
        return plan
    demand_transition(PlanStatus(plan.status), PlanStatus.SUBMITTED)
    if not plan.families_count:
        raise EmptyList("名单为空，不能提交。请核对区划、类型和预算后重新生成。")
    before = state_of(plan)
    plan.status, plan.returned_reason = PlanStatus.SUBMITTED, ""
    plan.submitted_at, plan.submitted_by, plan.submitted_by_name = at, by.id, by.name
    touch(plan, by=by)
    plan.save()
    audit("submit", plan, before=before, by=by, at=at)
    return plan


@transaction.atomic
def approve(plan_id: int, *, by: Actor, at: datetime) -> Plan:
    """Approve what another person submitted: every family on the list is promised its amount.

    Of two approvals at once one wins; by the same person again, nothing changes. Raises
    `NotPermitted`, `NotInArea`, `StatusUnfit`, `SamePerson`, and `FamiliesChanged` when a family
    has left the register, moved out of the area or been given the same item since the drawing.
    Raises `AnchorTooOld` while the trail stands unanchored, but for aid in a disaster.
    """
    demand(by.role, Permission.APPROVE_PLAN)
    plan = lock(plan_id)
    if plan.status == PlanStatus.APPROVED and plan.approved_by == by.id:
        return plan
    demand_trail(plan, at=at)
    demand_transition(PlanStatus(plan.status), PlanStatus.APPROVED)
    demand_another(by.id, touched_by=plan.touched_by)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_FAMILIES, [plan.pk])
    families = _unchanged(plan, at=at)
    _promise(plan, families, by=by, at=at)
    before = state_of(plan)
    plan.status = PlanStatus.APPROVED
    plan.approved_at, plan.approved_by, plan.approved_by_name = at, by.id, by.name
    plan.save()
    content: dict[str, object] = {"list": [f.reference for f in families]}
    audit("approve", plan, before=before, by=by, at=at, content=content, ground=ground_of(plan))
    return plan


@transaction.atomic
def return_plan(plan_id: int, *, reason: str, by: Actor, at: datetime) -> Plan:
    """Send a submitted plan back to whoever drew it; returned already, nothing changes.

    Raises `NotPermitted`, `NotInArea`, `StatusUnfit`, `ReasonMissing`.
    """
    demand(by.role, Permission.APPROVE_PLAN)
    plan, text = lock(plan_id), demand_reason(reason)
    if plan.status == PlanStatus.RETURNED:
        return plan
    demand_transition(PlanStatus(plan.status), PlanStatus.RETURNED)
    before = state_of(plan)
    plan.status, plan.returned_reason = PlanStatus.RETURNED, text
    plan.save()
    audit("return_plan", plan, before=before, by=by, at=at, reason=text)
    return plan


@transaction.atomic
def cancel(plan_id: int, *, reason: str, by: Actor, at: datetime) -> Plan:
    """End a draft or returned plan without approval; cancelled already, nothing changes.

    Raises `NotPermitted`, `NotInArea`, `StatusUnfit`, `ReasonMissing`.
    """
    demand(by.role, Permission.DRAW_PLAN)
    plan, text = lock(plan_id), demand_reason(reason)
    if plan.status == PlanStatus.CANCELLED:
        return plan
    demand_transition(PlanStatus(plan.status), PlanStatus.CANCELLED)
    before = state_of(plan)
    plan.status = PlanStatus.CANCELLED
    plan.save()
    audit("cancel", plan, before=before, by=by, at=at, reason=text)
    return plan


def _unchanged(plan: Plan, *, at: datetime) -> list[Promise]:
    """Give what is promised to whom, in the list's order, if every family is as it was drawn."""
    helped = helped_lately(plan, on=localdate(at))
    families, changes = [], []
    for family in families_now(plan):
        if what := _what_changed(family, plan.scope, helped):
            changes.append((family.number, what))
        reference = f"{plan.number}/{family.number}"
        families.append(Promise(family.household_id, family.amount_fen, reference))
    if changes:
        raise FamiliesChanged(changes)
    return families


def _what_changed(family: FamilyNow, scope: str, helped: Collection[int]) -> str:
    if family.area_code is None or not family.area_code.startswith(scope):
        return "已迁出本区划"
    if family.has_left:
        return "已退出登记"
    if family.household_id in helped and family.exclusion != Exclusion.SAME_ITEM:
        return "已由其他方案或部门给予同一事项"
    return ""


def _promise(plan: Plan, families: list[Promise], *, by: Actor, at: datetime) -> None:
    aid = Aid(
        item_code=plan.item_code,
        type=AidType(plan.item_type),
        kind=AidKind(plan.kind),
        payer=plan.payer,
        is_discretionary=True,
        is_counted=plan.is_counted,
    )
    promise(
        families,
        aid=aid,
        origin=Origin.PLAN,
        started_date=localdate(at),
        area_code=plan.area_code,
        by=by,
        at=at,
        key=plan.number,
    )

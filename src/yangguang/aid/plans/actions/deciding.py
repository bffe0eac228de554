"""Submitting, approving under four eyes, returning and cancelling."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.timezone import localdate

from yangguang.aid.ledger.actions import promise
from yangguang.aid.ledger.types import Aid, Origin, Promise
from yangguang.aid.plans.actions.shared import audit, lock
from yangguang.aid.plans.models import Plan
from yangguang.aid.plans.queries.drawing import helped_lately
from yangguang.aid.plans.rules import (
    EmptyList,
    FamiliesChanged,
    StatusUnfit,
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
    plan.status, plan.returned_reason = PlanStatus.SUBMITTED, ""
    plan.submitted_at, plan.submitted_by, plan.submitted_by_name = at, by.id, by.name
    plan.save()
    audit("submit", plan, by=by, at=at)
    return plan


@transaction.atomic
def approve(plan_id: int, *, by: Actor, at: datetime) -> Plan:
    """Approve what another person submitted: every family on the list is promised its amount.

    Of two approvals at once one wins; by the same person again, nothing changes. Raises
    `NotPermitted`, `NotInArea`, `StatusUnfit`, `SamePerson`, and `FamiliesChanged` when a family
    has left the register, moved out of the area or been given the same item since the drawing.
    """
    demand(by.role, Permission.APPROVE_PLAN)
    plan = lock(plan_id)
    if plan.status == PlanStatus.APPROVED and plan.approved_by == by.id:
        return plan
    demand_transition(PlanStatus(plan.status), PlanStatus.APPROVED)
    changed_by = plan.lines.filter(changed_by__isnull=False).values_list("changed_by", flat=True)
    demand_another(by.id, touched_by={plan.drawn_by, plan.submitted_by, *changed_by})
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_FAMILIES, [plan.pk])
    families = _unchanged(plan, at=at)
    _promise(plan, families, by=by, at=at)
    plan.status = PlanStatus.APPROVED
    plan.approved_at, plan.approved_by, plan.approved_by_name = at, by.id, by.name
    plan.save()
    audit("approve", plan, by=by, at=at, content={"list": [f.reference for f in families]})
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
    plan.status, plan.returned_reason = PlanStatus.RETURNED, text
    plan.save()
    audit("return_plan", plan, by=by, at=at, reason=text)
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
    plan.status = PlanStatus.CANCELLED
    plan.save()
    audit("cancel", plan, by=by, at=at, reason=text)
    return plan


def _unchanged(plan: Plan, *, at: datetime) -> list[Promise]:
    """Give what is promised to whom, in the list's order, if every family is as it was drawn."""
    helped = helped_lately(plan, on=localdate(at))
    lines = plan.lines.filter(is_included=True).order_by("position", "id")
    families, changes, fen = [], [], 0
    rows = lines.values_list(
        "household_id",
        "household__number",
        "household__closed_date",
        "area_code",
        "amount_fen",
        "exclusion",
    )
    for household_id, number, closed, area_code, amount_fen, exclusion in rows.iterator(5000):
        if closed is not None:
            changes.append((number, "已退出登记"))
        elif not area_code.startswith(plan.scope):
            changes.append((number, "已迁出本区划"))
        elif household_id in helped and exclusion != Exclusion.SAME_ITEM:
            changes.append((number, "已由其他方案或部门给予同一事项"))
        families.append(Promise(household_id, amount_fen, f"{plan.number}/{number}"))
        fen += amount_fen
    if changes:
        raise FamiliesChanged(changes)
    if (len(families), fen) != (plan.families_count, plan.total_fen):
        raise StatusUnfit("名单中有家庭已迁出您的辖区，未审批。请退回，重新生成名单。")
    return families


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

"""What all verbs of plans do first and last."""

from datetime import datetime

from django.db.models import Count, Sum
from django.utils.timezone import localdate

from yangguang.aid.plans.models import Plan
from yangguang.aid.plans.rules import Amount, NotInArea, demand_within
from yangguang.aid.plans.types import AmountRule
from yangguang.foundation.audit.actions import record
from yangguang.foundation.audit.queries import demand_anchored
from yangguang.foundation.catalogue.queries import aid_item
from yangguang.foundation.catalogue.types import AidType
from yangguang.foundation.walls.context import Actor


def lock(plan_id: int) -> Plan:
    """Give a plan locked until the transaction ends. Raises `NotInArea` when it is not visible."""
    plan = Plan.objects.select_for_update(no_key=True).filter(pk=plan_id).first()
    if plan is None:
        raise NotInArea("没有找到这份方案，或不在您的辖区。请从方案列表重新进入。")
    return plan


def demand_trail(plan: Plan, *, at: datetime) -> None:
    """Demand a freshly anchored trail, unless the plan is for a disaster, which cannot wait.

    Emergency aid is never planned: its items are entitlements, paid by decision. Raises
    `AnchorTooOld`.
    """
    if plan.item_type != AidType.DISASTER:
        demand_anchored(at=at)


def amount_of(plan: Plan) -> Amount:
    """Give the amount rule of a plan."""
    return Amount(
        AmountRule(plan.amount_rule),
        plan.amount_value,
        plan.amount_floor_fen,
        plan.amount_cap_fen,
    )


def total(plan: Plan) -> None:
    """Set the plan's sums from its lines. Raises `OverBudget`."""
    sums = plan.lines.filter(is_included=True).aggregate(n=Count("id"), fen=Sum("amount_fen"))
    plan.families_count, plan.total_fen = sums["n"], sums["fen"] or 0
    demand_within(plan.total_fen, budget_fen=plan.budget_fen)


def touch(plan: Plan, *, by: Actor) -> None:
    """Keep who had a hand in the list: none of them ever approves it."""
    plan.touched_by = sorted({*plan.touched_by, by.id})


def state_of(plan: Plan) -> dict[str, object]:
    """Give what the trail keeps of a plan before and after a verb, as a digest."""
    return {
        "number": plan.number,
        "status": str(plan.status),
        "budget_fen": plan.budget_fen,
        "families": plan.families_count,
        "total_fen": plan.total_fen,
    }


def ground_of(plan: Plan) -> str:
    """Give the legal ground of a plan's item as it was in force when the list was drawn."""
    item = aid_item(plan.item_code, localdate(plan.drawn_at), plan.area_code)
    return item.ground[:200]


def audit(
    verb: str,
    plan: Plan,
    *,
    by: Actor,
    at: datetime,
    before: dict[str, object] | None = None,
    reason: str = "",
    ground: str = "",
    content: dict[str, object] | None = None,
) -> None:
    """Append the verb to the trail: the plan before and after and what is given, as digests."""
    after = state_of(plan)
    record(
        f"plans.{verb}",
        kind="plan",
        key=plan.number,
        area_code=plan.area_code,
        by=by,
        at=at,
        reason=reason,
        ground=ground,
        content={**after, **(content or {})},
        before=before,
        after=after,
    )

"""Changing a list by hand: always with a reason, never beyond the budget."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from yangguang.aid.plans.actions.shared import amount_of, audit, lock, state_of, total, touch
from yangguang.aid.plans.models import Plan, PlanLine
from yangguang.aid.plans.queries.drawing import helped_lately, ranking, unranked
from yangguang.aid.plans.rules import (
    AmountUnfit,
    Candidate,
    NotInArea,
    amount_for,
    demand_editable,
    demand_reason,
)
from yangguang.aid.plans.types import Exclusion, LineOrigin, PlanStatus
from yangguang.families.registry.models import Household
from yangguang.foundation.accounts.rules.roles import Permission, demand
from yangguang.foundation.walls.context import Actor


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a family stands for a plan."""

    position: int
    value: float
    amount_fen: int


@transaction.atomic
def add_family(
    plan_id: int,
    *,
    household_number: str,
    reason: str,
    by: Actor,
    at: datetime,
    amount_fen: int | None = None,
) -> PlanLine:
    """Put a family on a draft's list by hand; on it already, nothing changes.

    The amount (fen) follows the plan's rule unless given. Raises `NotPermitted`, `NotInArea`,
    `StatusUnfit`, `ReasonMissing`, `AmountUnfit` (no spending to share in, none given),
    `OverBudget`.
    """
    demand(by.role, Permission.DRAW_PLAN)
    plan, text = lock(plan_id), demand_reason(reason)
    demand_editable(PlanStatus(plan.status))
    household = _household(plan, household_number)
    line = plan.lines.filter(household=household).first()
    if line is not None and line.is_included:
        return line
    line = line or _new_line(plan, household, at=at)
    line.amount_fen = line.amount_fen if amount_fen is None else amount_fen
    if line.amount_fen <= 0:
        raise AmountUnfit("该户没有自付支出，按比例算不出金额。请填写金额后再纳入。")
    line.is_included, line.origin, line.reason = True, LineOrigin.ADDED, text
    line.changed_at, line.changed_by = at, by.id
    line.save()
    _settle("add_family", plan, line, reason=text, by=by, at=at)
    return line


@transaction.atomic
def remove_family(
    plan_id: int, *, household_number: str, reason: str, by: Actor, at: datetime
) -> PlanLine:
    """Take a family off a draft's list by hand; off it already by hand, nothing changes.

    The money it frees goes to the next family when the plan is drawn again. Raises `NotPermitted`,
    `NotInArea`, `StatusUnfit`, `ReasonMissing`.
    """
    demand(by.role, Permission.DRAW_PLAN)
    plan, text = lock(plan_id), demand_reason(reason)
    demand_editable(PlanStatus(plan.status))
    line = plan.lines.filter(household_number=household_number.strip()).first()
    if line is None:
        raise NotInArea(f"名单中没有户编号{household_number}。请核对户编号。")
    if line.origin == LineOrigin.REMOVED:
        return line
    line.is_included, line.origin, line.reason = False, LineOrigin.REMOVED, text
    line.changed_at, line.changed_by = at, by.id
    line.save()
    _settle("remove_family", plan, line, reason=text, by=by, at=at)
    return line


def _household(plan: Plan, number: str) -> Household:
    if not number.strip():
        raise NotInArea("没有填写户编号。请填写后再提交。")
    found = Household.objects.on_register().within(plan.scope).filter(number=number.strip())
    household = found.first()
    if household is None:
        raise NotInArea(f"本方案的区划内没有在册家庭的户编号是{number}。请核对户编号。")
    return household


def _new_line(plan: Plan, household: Household, *, at: datetime) -> PlanLine:
    place = _place(plan, household)
    helped = household.pk in helped_lately(plan, on=localdate(at))
    return PlanLine(
        plan=plan,
        household=household,
        household_number=household.number,
        area_code=household.area_id,
        position=place.position,
        value=place.value,
        amount_fen=place.amount_fen,
        exclusion=Exclusion.SAME_ITEM if helped else "",
    )


def _place(plan: Plan, household: Household) -> _Place:
    for position, candidate in enumerate(ranking(plan.area_code, plan.type), 1):
        if candidate.household_id == household.pk:
            return _of(plan, candidate, position)
    # A family without an index of this type stands behind everybody who has one.
    last = plan.lines.aggregate(last=Max("position"))["last"] or 0
    return _of(plan, unranked(household, plan.type), last + 1)


def _of(plan: Plan, candidate: Candidate, position: int) -> _Place:
    fen = amount_for(candidate, amount=amount_of(plan))
    return _Place(position, candidate.value, fen)


def _settle(verb: str, plan: Plan, line: PlanLine, *, reason: str, by: Actor, at: datetime) -> None:
    before = state_of(plan)
    total(plan)
    touch(plan, by=by)
    plan.save(update_fields=["families_count", "total_fen", "touched_by"])
    content: dict[str, object] = {"household": line.household_number}
    audit(verb, plan, before=before, by=by, at=at, reason=reason, content=content)

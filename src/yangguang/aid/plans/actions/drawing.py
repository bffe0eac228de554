"""Drawing a list down the ranking, and drawing it again."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.utils.timezone import localdate

from yangguang.aid.plans.actions.shared import amount_of, audit, lock, state_of, total, touch
from yangguang.aid.plans.models import Plan
from yangguang.aid.plans.queries.drawing import (
    helped_lately,
    in_model_version,
    item_by_rank,
    ranking,
    scope_of,
)
from yangguang.aid.plans.rules import Amount, Cut, Line, demand_amount, demand_editable, draw
from yangguang.aid.plans.types import LineOrigin, PlanStatus
from yangguang.foundation.accounts.rules.roles import Permission, demand
from yangguang.foundation.catalogue.types import AidType
from yangguang.foundation.walls.context import Actor
from yangguang.foundation.walls.staging import staged

_COLUMNS = {
    "household_id": "bigint",
    "position": "integer",
    "value": "double precision",
    "amount_fen": "bigint",
    "is_included": "boolean",
    "exclusion": "text",
}
_INSERT = f"""
INSERT INTO plans_planline (plan_id, area_code, household_id, household_number, position, value,
  amount_fen, is_included, exclusion, origin, reason)
SELECT %s, h.area_code, s.household_id, h.number, s.position, s.value, s.amount_fen, s.is_included,
  s.exclusion, '{LineOrigin.RANKED}', ''
FROM staged_line s JOIN registry_household h ON h.id = s.household_id
ORDER BY s.position
"""


@transaction.atomic
def draw_plan(
    item_code: str,
    *,
    area_code: str,
    type: AidType | None,
    amount: Amount,
    budget_fen: int,
    title: str,
    by: Actor,
    at: datetime,
    repeat_months: int = 12,
) -> Plan:
    """Draw a budget (fen) down an area's ranking and keep the list as a draft.

    `type` None draws by the assistance index, else by the index of that type. Families that were
    given the same item within `repeat_months` are passed over. The same draft asked for again by
    the same person is drawn anew, not doubled. Raises `NotPermitted`, `NotInArea`, `NotByRank`
    (an entitlement), `AmountUnfit`.
    """
    demand(by.role, Permission.DRAW_PLAN)
    demand_amount(amount, type=type, budget_fen=budget_fen)
    scope = scope_of(area_code, by=by)
    item = item_by_rank(item_code, area_code=area_code, on=localdate(at))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('plans.number'), hashtext(%s))", [scope]
        )
    asked = {
        "item_code": item_code,
        "area_code": area_code,
        "scope": scope,
        "type": type or "",
        "amount_rule": amount.rule,
        "amount_value": amount.value,
        "amount_floor_fen": amount.floor_fen,
        "amount_cap_fen": amount.cap_fen,
        "budget_fen": budget_fen,
        "repeat_months": repeat_months,
        "title": title.strip() or item.name,
        "drawn_by": by.id,
        "status": PlanStatus.DRAFT,
    }
    plan = Plan.objects.select_for_update(no_key=True).filter(**asked).first()
    if plan is None:
        plan = Plan.objects.create(
            **asked,
            number=_next_number(scope, localdate(at).year),
            item_name=item.name,
            item_type=item.type,
            kind=item.kind,
            payer=item.payer,
            is_counted=item.is_counted,
            drawn_at=at,
            drawn_by_name=by.name,
        )
    _draw(plan, by=by, at=at)
    audit("draw_plan", plan, by=by, at=at)
    return plan


@transaction.atomic
def redraw(plan_id: int, *, by: Actor, at: datetime) -> Plan:
    """Draw a draft or returned plan anew from today's ranking; changes by hand stay.

    Families put in by hand are paid from the budget first. Raises `NotPermitted`, `NotInArea`,
    `StatusUnfit`, `OverBudget` when those put in by hand alone cost more than the budget.
    """
    demand(by.role, Permission.DRAW_PLAN)
    plan = lock(plan_id)
    demand_editable(PlanStatus(plan.status))
    before = state_of(plan)
    _draw(plan, by=by, at=at)
    audit("redraw", plan, before=before, by=by, at=at)
    return plan


@transaction.atomic
def change_budget(plan_id: int, *, budget_fen: int, by: Actor, at: datetime) -> Plan:
    """Give a draft or returned plan another budget (fen) and draw it anew.

    Raises `NotPermitted`, `NotInArea`, `StatusUnfit`, `AmountUnfit`, `OverBudget`.
    """
    demand(by.role, Permission.DRAW_PLAN)
    plan = lock(plan_id)
    demand_editable(PlanStatus(plan.status))
    type_ = AidType(plan.type) if plan.type else None
    demand_amount(amount_of(plan), type=type_, budget_fen=budget_fen)
    before = state_of(plan)
    plan.budget_fen = budget_fen
    _draw(plan, by=by, at=at)
    audit("change_budget", plan, before=before, by=by, at=at)
    return plan


def _next_number(scope: str, year: int) -> str:
    start = f"P{scope}-{year}-"
    return f"{start}{Plan.objects.filter(number__startswith=start).count() + 1:04}"


def _draw(plan: Plan, *, by: Actor, at: datetime) -> Cut:
    plan.lines.filter(origin=LineOrigin.RANKED).delete()
    by_hand = list(plan.lines.values_list("household_id", "amount_fen", "is_included"))
    taken = sum(fen for _, fen, is_included in by_hand if is_included)
    drawn = draw(
        ranking(plan.area_code, plan.type),
        budget_fen=plan.budget_fen - taken,
        amount=amount_of(plan),
        helped=helped_lately(plan, on=localdate(at)),
        aside={household_id for household_id, _, _ in by_hand},
    )
    _store(plan, drawn.lines)
    total(plan)
    plan.status, plan.drawn_at, plan.drawn_by, plan.drawn_by_name = (
        PlanStatus.DRAFT,
        at,
        by.id,
        by.name,
    )
    plan.model_version = in_model_version(drawn.lines)
    touch(plan, by=by)
    plan.save()
    return drawn.cut


def _store(plan: Plan, lines: Iterable[Line]) -> None:
    rows = (
        (
            line.household_id,
            line.position,
            line.value,
            line.amount_fen,
            line.is_included,
            line.exclusion or "",
        )
        for line in lines
    )
    with staged("staged_line", _COLUMNS, rows) as cursor:
        cursor.execute(_INSERT, [plan.pk])

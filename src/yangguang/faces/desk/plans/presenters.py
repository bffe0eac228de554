"""What the pages of plans say."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yangguang.aid.plans.queries.pages import PlanPage, distribution
from yangguang.aid.plans.types import PlanStatus
from yangguang.foundation.accounts.rules.roles import Permission, permits
from yangguang.foundation.catalogue.queries import aid_items
from yangguang.foundation.catalogue.types import AidBasis
from yangguang.foundation.divisions.queries import area as area_by_code
from yangguang.foundation.divisions.queries import children
from yangguang.foundation.walls.context import Actor

TONES = {
    PlanStatus.DRAFT: "info",
    PlanStatus.SUBMITTED: "warn",
    PlanStatus.APPROVED: "ok",
    PlanStatus.RETURNED: "stop",
    PlanStatus.CANCELLED: "quiet",
}


def items_and_areas(by: Actor, on: date) -> dict[str, list[tuple[str, str]]]:
    """Give the choices of the form: items given by budget, the officer's area and those below."""
    own = by.scope.ljust(12, "0")
    here = area_by_code(own)
    areas = [(here.code, here.name)] if here else []
    areas += [(area.code, f"　{area.name}") for area in children(own)]
    items = [
        (view.code, view.name + ("（示例）" if view.sample else ""))
        for view in aid_items(on, own)
        if view.item.basis is AidBasis.BUDGET
    ]
    return {"items": items, "areas": areas}


def plan_context(page: PlanPage, by: Actor) -> dict[str, Any]:
    """Give what the page of a plan shows, and which acts are open to this officer."""
    plan = page.plan
    editable = plan.status in (PlanStatus.DRAFT, PlanStatus.RETURNED)
    draws = permits(by.role, Permission.DRAW_PLAN)
    approves = permits(by.role, Permission.APPROVE_PLAN)
    return {
        "section": "plans",
        "page": page,
        "plan": plan,
        "tone": TONES[plan.status],
        "shares": distribution(plan.id),
        "may_submit": editable and draws,
        "may_change": editable and draws,
        "may_decide": plan.status is PlanStatus.SUBMITTED and approves,
        "may_prepare": plan.status is PlanStatus.APPROVED and draws,
        "waits_for": _("等待另一位审批人员审批；拟定人不能审批自己的方案。")
        if plan.status is PlanStatus.SUBMITTED and not approves
        else "",
    }

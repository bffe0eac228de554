"""What the pages of plans say."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from yangguang.aid.plans.queries.pages import (
    PlanPage,
    PlanRow,
    duplicates,
    others_of,
    plan_lines,
    shares_of_towns,
)
from yangguang.aid.plans.queries.reach import reach_of_plan
from yangguang.aid.plans.rules import Amount
from yangguang.aid.plans.types import AmountRule, PlanStatus
from yangguang.faces.look.formats import moment
from yangguang.faces.look.words import zh
from yangguang.foundation.accounts.rules.roles import Permission, permits
from yangguang.foundation.catalogue.queries import aid_items
from yangguang.foundation.catalogue.types import AidBasis
from yangguang.foundation.divisions.queries import area as area_by_code
from yangguang.foundation.divisions.queries import children
from yangguang.foundation.kernel.money import Fen, format_fen
from yangguang.foundation.walls.context import Actor

PAGE = 100

TONES = {
    PlanStatus.DRAFT: "info",
    PlanStatus.SUBMITTED: "warn",
    PlanStatus.APPROVED: "ok",
    PlanStatus.RETURNED: "stop",
    PlanStatus.CANCELLED: "quiet",
}


@dataclass(frozen=True, slots=True)
class FormChoices:
    """What the form of a new plan offers, and the entitlements that it does not."""

    items: list[tuple[str, str]]
    areas: list[tuple[str, str]]
    entitlements: list[str]

    @classmethod
    def of(cls, by: Actor, on: date) -> Self:
        """Read the items in force, and the officer's area with those below it."""
        own = by.scope.ljust(12, "0")
        here = area_by_code(own)
        areas = [(here.code, here.name)] if here else []
        areas += [(area.code, f"　{area.name}") for area in children(own)]
        views = list(aid_items(on, own))
        return cls(
            items=[
                (view.code, _(view.name) + (_("（示例）") if view.sample else ""))
                for view in views
                if view.item.basis is AidBasis.BUDGET
            ],
            areas=areas,
            entitlements=[view.name for view in views if view.item.basis is AidBasis.ENTITLEMENT],
        )


def told(form: BaseForm) -> str:
    """Say what is wrong with a form in one line."""
    wrong = (
        f"{form.fields[name].label}{_('：')}{' '.join(map(str, errors))}"
        for name, errors in form.errors.items()
    )
    return _("；").join(wrong)


def slider(all_fen: int) -> dict[str, int]:
    """Give the slider's end and step in yuan: about two hundred steps of a round sum."""
    end = max(-(-all_fen // 100), 1)
    rough = max(end // 200, 1)
    power = 10 ** (len(str(rough)) - 1)
    step = next(one * power for one in (1, 2, 5, 10) if one * power >= rough)
    return {"max": -(-end // step) * step, "step": step}


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
        "rule": rule_in_words(plan.amount),
        "history": history(plan),
        "shares": shares_of_towns(plan.id),
        "reach": reach_of_plan(plan.id, area_code=plan.area_code),
        "may_submit": editable and draws,
        "may_change": editable and draws,
        "acts": plan.id if editable and draws else None,
        "may_decide": plan.status is PlanStatus.SUBMITTED and approves,
        "may_prepare": plan.status is PlanStatus.APPROVED and draws,
        "waits_for": _("等待另一位审批人员审批；拟定人不能审批自己的方案。")
        if plan.status is PlanStatus.SUBMITTED and not approves
        else "",
    }


def rule_in_words(amount: Amount) -> str:
    """Say an amount rule with its figures."""
    if amount.rule is AmountRule.FIXED:
        return _("每户 %(sum)s 元") % {"sum": format_fen(Fen(amount.value))}
    if amount.rule is AmountRule.PER_HEAD:
        return _("每人 %(sum)s 元") % {"sum": format_fen(Fen(amount.value))}
    parts = [_("自付支出的 %(share)s%%") % {"share": f"{amount.value / 10:g}"}]
    if amount.floor_fen:
        parts.append(_("最低 %(sum)s 元") % {"sum": format_fen(Fen(amount.floor_fen))})
    if amount.cap_fen:
        parts.append(_("最高 %(sum)s 元") % {"sum": format_fen(Fen(amount.cap_fen))})
    return _("，").join(parts)


type Event = tuple[str, str, str, str]


def history(plan: PlanRow) -> list[Event]:
    """Give the steps of a plan, done and to come: (when, what, who, state) each."""
    done = [
        (plan.drawn_at, _("拟定"), plan.drawn_by_name),
        (plan.submitted_at, _("提交审批"), plan.submitted_by_name),
        (plan.approved_at, _("审批通过"), plan.approved_by_name),
    ]
    events = [(moment(when), what, zh(who), "done") for when, what, who in done if when]
    ahead = {
        PlanStatus.DRAFT: _("等待拟定人提交"),
        PlanStatus.RETURNED: _("已退回，等待修改后再提交"),
        PlanStatus.SUBMITTED: _("等待另一人审批"),
        PlanStatus.CANCELLED: _("已作废"),
    }
    if plan.status in ahead:
        events.append(("", ahead[plan.status], "", "now"))
    return events


def whole_context(plan: PlanRow, *, after: int, on: date) -> dict[str, Any]:
    """Give one page of the whole list."""
    rows = plan_lines(plan.id, after=after, limit=PAGE)
    following = (
        reverse("desk:plan_lines", args=[plan.id]) + f"?after={rows[-1].position}" if rows else ""
    )
    return {
        "section": "plans",
        "plan": plan,
        "title": _("全部名单"),
        "note": _("按名次，线上未纳入的家庭也列出并说明原因"),
        "is_overlaps": False,
        "rows": rows,
        "others": others_of(plan.id, [row.household_id for row in rows], on=on),
        "next": following if len(rows) == PAGE else None,
        "shown": "",
    }


def overlaps_context(plan: PlanRow, *, on: date) -> dict[str, Any]:
    """Give those of the list whom others have helped, most first."""
    found = duplicates(plan.id, on=on, limit=PAGE)
    return {
        "section": "plans",
        "plan": plan,
        "title": _("其他部门已助"),
        "note": _("近12个月其他部门同类救助，金额大的在前，最多列 %(n)s 户") % {"n": PAGE},
        "is_overlaps": True,
        "rows": [one.line for one in found],
        "others": {one.line.household_id: one.others for one in found},
        "next": None,
        "shown": "",
    }

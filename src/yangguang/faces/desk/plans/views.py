"""The pages of plans."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yangguang.aid.disbursement.queries.pages import batch_list
from yangguang.aid.plans import actions
from yangguang.aid.plans.queries.pages import PlanRow, plan_list, plan_page, plan_row, preview
from yangguang.aid.plans.rules import SecondPersonNeeded
from yangguang.aid.plans.types import ExportKind
from yangguang.faces.desk.attempts import attempt
from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.numbers import asked_number
from yangguang.faces.desk.plans.forms import BudgetForm, PlanForm
from yangguang.faces.desk.plans.presenters import (
    TONES,
    FormChoices,
    overlaps_context,
    plan_context,
    slider,
    told,
    whole_context,
)
from yangguang.faces.desk.rights import demands
from yangguang.faces.look.pages import render, workbook
from yangguang.foundation.accounts.rules.roles import Permission
from yangguang.foundation.kernel.refusals import Refusal


@demands(Permission.SEE_PLANS)
def plans(request: DeskRequest) -> HttpResponse:
    """List the plans within the scope."""
    return render(
        request,
        "desk/plans/list.html.jinja",
        {"section": "plans", "plans": plan_list(), "tones": TONES},
    )


def _form(request: DeskRequest, data: Any = None) -> tuple[PlanForm, dict[str, Any]]:
    """Give the form, and what every showing of its page needs."""
    first = {"budget_fen": "100000", "rule": "fixed", "value": "1000"}
    given = FormChoices.of(request.by, request.on)
    form = PlanForm(data, initial=first, items=given.items, areas=given.areas)
    return form, {
        "section": "plans",
        "form": form,
        "entitlements": given.entitlements,
        "shown": None,
        "refused": "",
    }


@demands(Permission.DRAW_PLAN)
def new_plan(request: DeskRequest) -> HttpResponse:
    """Show the form; on POST draw the list and keep it as a draft."""
    form, context = _form(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        plan = actions.draw_plan(
            form.cleaned_data["item_code"],
            area_code=form.cleaned_data["area_code"],
            type=form.kind(),
            amount=form.amount(),
            budget_fen=form.cleaned_data["budget_fen"],
            title=form.cleaned_data["title"],
            by=request.by,
            at=request.at,
        )
        return redirect("desk:plan", plan.pk)
    status = 422 if form.is_bound else 200
    return render(request, "desk/plans/new.html.jinja", context, status=status)


@demands(Permission.DRAW_PLAN)
def try_plan(request: DeskRequest) -> HttpResponse:
    """Show where the line would be as the slider stands; nothing is kept."""
    form, context = _form(request, request.GET)
    if form.is_valid():
        try:
            shown = preview(
                form.cleaned_data["item_code"],
                area_code=form.cleaned_data["area_code"],
                type=form.kind(),
                amount=form.amount(),
                budget_fen=form.cleaned_data["budget_fen"],
                by=request.by,
                on=request.on,
            )
            context |= {"shown": shown, "slider": slider(shown.all_fen)}
        except Refusal as refusal:
            context["refused"] = str(refusal)
    else:
        context["refused"] = told(form)
    return render(request, "desk/plans/new.html.jinja", context, fragment="line")


@demands(Permission.SEE_PLANS)
def plan(request: DeskRequest, pk: int) -> HttpResponse:
    """Show a plan around its line."""
    return _page(request, pk)


def _page(request: DeskRequest, pk: int) -> HttpResponse:
    page = plan_page(pk, on=request.on)
    if page is None:
        raise Http404
    context = plan_context(page, request.by) | {"batches": batch_list(plan_id=pk)}
    return render(request, "desk/plans/plan.html.jinja", context)


def _seen(pk: int) -> PlanRow:
    found = plan_row(pk)
    if found is None:
        raise Http404
    return found


@demands(Permission.SEE_PLANS)
def plan_lines(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the whole list, page by page."""
    start = asked_number(request.GET.get("after", ""), otherwise=0)
    context = whole_context(_seen(pk), after=start, on=request.on)
    return render(request, "desk/plans/whole.html.jinja", context)


@demands(Permission.SEE_PLANS)
def plan_overlaps(request: DeskRequest, pk: int) -> HttpResponse:
    """Show those of the list whom others have helped in the same trouble."""
    context = overlaps_context(_seen(pk), on=request.on)
    return render(request, "desk/plans/whole.html.jinja", context)


@demands(Permission.EXPORT_LISTS)
def export(request: DeskRequest, pk: int) -> HttpResponse:
    """Give the list as a workbook; each time it is recorded. A long one is asked for first."""
    found = _seen(pk)
    try:
        data = actions.export_list(pk, by=request.by, at=timezone.localtime(request.at))
    except SecondPersonNeeded:
        return redirect("desk:ask_export", ExportKind.PLAN, pk)
    return workbook(data, name=found.number)


@demands(Permission.DRAW_PLAN)
def budget(request: DeskRequest, pk: int) -> HttpResponse:
    """Give a draft another budget, and draw it anew."""

    def redrawn() -> None:
        fen = BudgetForm.fen(request.POST)
        actions.change_budget(pk, budget_fen=fen, by=request.by, at=request.at)

    return _attempted(request, pk, redrawn, said=_("已按新预算重新生成名单。"))


@demands(Permission.DRAW_PLAN)
def change(request: DeskRequest, pk: int, verb: str) -> HttpResponse:
    """Submit, redraw or cancel a plan."""
    by, at, reason = request.by, request.at, request.POST.get("reason", "")
    verbs: dict[str, tuple[Callable[[], object], str]] = {
        "submit": (lambda: actions.submit(pk, by=by, at=at), _("已提交，等待另一人审批。")),
        "redraw": (lambda: actions.redraw(pk, by=by, at=at), _("已按今日排序重新生成名单。")),
        "cancel": (lambda: actions.cancel(pk, reason=reason, by=by, at=at), _("已作废。")),
    }
    return _one_of(request, pk, verbs, verb)


@demands(Permission.DRAW_PLAN)
def move(request: DeskRequest, pk: int, verb: str) -> HttpResponse:
    """Put a family in or take it out by hand, with a reason."""
    by, at = request.by, request.at
    number, reason = request.POST.get("number", ""), request.POST.get("reason", "")
    verbs: dict[str, tuple[Callable[[], object], str]] = {
        "add": (
            lambda: actions.add_family(pk, household_number=number, reason=reason, by=by, at=at),
            _("户编号%(number)s在名单上了。") % {"number": number},
        ),
        "remove": (
            lambda: actions.remove_family(pk, household_number=number, reason=reason, by=by, at=at),
            _("户编号%(number)s已移出名单。") % {"number": number},
        ),
    }
    return _one_of(request, pk, verbs, verb)


@demands(Permission.APPROVE_PLAN)
def decide(request: DeskRequest, pk: int, verb: str) -> HttpResponse:
    """Approve a plan that somebody else drew, or return it with a reason."""
    by, at, reason = request.by, request.at, request.POST.get("reason", "")
    verbs: dict[str, tuple[Callable[[], object], str]] = {
        "approve": (
            lambda: actions.approve(pk, by=by, at=at),
            _("已审批，名单上的家庭指数随之下降。"),
        ),
        "return": (
            lambda: actions.return_plan(pk, reason=reason, by=by, at=at),
            _("已退回拟定人。"),
        ),
    }
    return _one_of(request, pk, verbs, verb)


def _one_of(
    request: DeskRequest,
    pk: int,
    verbs: Mapping[str, tuple[Callable[[], object], str]],
    verb: str,
) -> HttpResponse:
    if verb not in verbs:
        raise Http404
    done, said = verbs[verb]
    return _attempted(request, pk, done, said=said)


def _attempted(
    request: DeskRequest, pk: int, verb: Callable[[], object], *, said: str
) -> HttpResponse:
    _seen(pk)
    return attempt(
        request,
        verb,
        said=said,
        to=reverse("desk:plan", args=[pk]),
        page=lambda: _page(request, pk),
    )

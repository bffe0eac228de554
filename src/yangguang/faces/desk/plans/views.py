"""The pages of plans."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from yangguang.aid.disbursement.queries.pages import batch_list
from yangguang.aid.plans import actions
from yangguang.aid.plans.queries.pages import plan_list, plan_page, preview
from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.plans.forms import PlanForm
from yangguang.faces.desk.plans.presenters import TONES, items_and_areas, plan_context
from yangguang.faces.desk.rights import demands
from yangguang.faces.look.pages import render
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


def _form(request: DeskRequest, data: Any = None) -> PlanForm:
    first = {"budget_fen": "100000", "rule": "fixed", "value": "1000"}
    return PlanForm(data, initial=first, **items_and_areas(request.by, request.on))


@demands(Permission.DRAW_PLAN)
def new_plan(request: DeskRequest) -> HttpResponse:
    """Show the form; on POST draw the list and keep it as a draft."""
    form = _form(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        plan = actions.draw_plan(
            given["item_code"],
            area_code=given["area_code"],
            type=form.kind(),
            amount=form.amount(),
            budget_fen=given["budget_fen"],
            title=given["title"],
            by=request.by,
            at=request.at,
        )
        return redirect("desk:plan", plan.pk)
    status = 422 if form.is_bound else 200
    context = {"section": "plans", "form": form, "shown": None, "refused": ""}
    return render(request, "desk/plans/new.html.jinja", context, status=status)


@demands(Permission.DRAW_PLAN)
def try_plan(request: DeskRequest) -> HttpResponse:
    """Show where the line would be as the slider stands; nothing is kept."""
    form = _form(request, request.GET)
    shown, refused = None, ""
    form.fields["title"].required = False
    if form.is_valid():
        given = form.cleaned_data
        try:
            shown = preview(
                given["item_code"],
                area_code=given["area_code"],
                type=form.kind(),
                amount=form.amount(),
                budget_fen=given["budget_fen"],
                by=request.by,
                on=request.on,
            )
        except Refusal as refusal:
            refused = str(refusal)
    context = {"section": "plans", "form": form, "shown": shown, "refused": refused}
    return render(request, "desk/plans/new.html.jinja", context, fragment="line")


@demands(Permission.SEE_PLANS)
def plan(request: DeskRequest, pk: int) -> HttpResponse:
    """Show a plan around its line."""
    page = plan_page(pk)
    if page is None:
        raise Http404
    context = plan_context(page, request.by) | {"batches": batch_list(plan_id=pk)}
    return render(request, "desk/plans/plan.html.jinja", context)


def _seen(pk: int) -> None:
    if plan_page(pk) is None:
        raise Http404


@demands(Permission.DRAW_PLAN)
def change(request: DeskRequest, pk: int, verb: str) -> HttpResponse:
    """Submit, redraw or cancel a plan."""
    _seen(pk)
    match verb:
        case "submit":
            actions.submit(pk, by=request.by, at=request.at)
        case "redraw":
            actions.redraw(pk, by=request.by, at=request.at)
        case "cancel":
            actions.cancel(pk, reason=request.POST.get("reason", ""), by=request.by, at=request.at)
        case _:
            raise Http404
    return redirect("desk:plan", pk)


@demands(Permission.DRAW_PLAN)
def move(request: DeskRequest, pk: int, verb: str) -> HttpResponse:
    """Put a family in or take it out by hand, with a reason."""
    _seen(pk)
    number, reason = request.POST.get("number", ""), request.POST.get("reason", "")
    if verb == "add":
        actions.add_family(pk, household_number=number, reason=reason, by=request.by, at=request.at)
    elif verb == "remove":
        actions.remove_family(
            pk, household_number=number, reason=reason, by=request.by, at=request.at
        )
    else:
        raise Http404
    return redirect("desk:plan", pk)


@demands(Permission.APPROVE_PLAN)
def decide(request: DeskRequest, pk: int, verb: str) -> HttpResponse:
    """Approve a plan that somebody else drew, or return it with a reason."""
    _seen(pk)
    if verb == "approve":
        actions.approve(pk, by=request.by, at=request.at)
    elif verb == "return":
        reason = request.POST.get("reason", "")
        actions.return_plan(pk, reason=reason, by=request.by, at=request.at)
    else:
        raise Http404
    return redirect("desk:plan", pk)

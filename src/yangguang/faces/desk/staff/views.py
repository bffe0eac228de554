"""The pages of people and posts."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.numbers import asked_number
from yangguang.faces.desk.rights import demands
from yangguang.faces.desk.staff.forms import DelegationForm, EndForm, PostForm
from yangguang.faces.desk.staff.presenters import TONES, StaffPage
from yangguang.faces.look.pages import render
from yangguang.foundation.accounts import actions
from yangguang.foundation.accounts.queries import appointment, has_authenticator, post_within
from yangguang.foundation.accounts.queries import person as person_within
from yangguang.foundation.accounts.rules.roles import Permission, permits
from yangguang.foundation.accounts.types import HeldPost
from yangguang.foundation.divisions.queries import area as area_by_code


@demands(Permission.SEE_STAFF)
def staff(request: DeskRequest) -> HttpResponse:
    """List the posts of an area, and the proposals that wait."""
    asked = request.GET
    page = StaffPage.of(
        asked.get("area") or request.by.scope.ljust(12, "0"),
        page=max(1, asked_number(asked.get("page", ""), otherwise=1)),
        by=request.by,
        on=request.on,
    )
    if page is None:
        raise Http404
    context = {"section": "staff", "page": page, "me": request.by.id}
    return render(request, "desk/staff/list.html.jinja", context)


@demands(Permission.SEE_STAFF)
def person(request: DeskRequest, pk: int) -> HttpResponse:
    """Show a person with the posts held and held before, and what was proposed and decided."""
    view = person_within(pk, request.by.scope)
    if view is None:
        raise Http404
    may_manage = permits(request.by.role, Permission.MANAGE_STAFF) and pk != request.by.id
    context = {
        "section": "staff",
        "person": view,
        "on": request.on,
        "tones": TONES,
        "may_manage": may_manage,
        "may_invite": may_manage and not has_authenticator(pk),
    }
    return render(request, "desk/staff/person.html.jinja", context)


@demands(Permission.MANAGE_STAFF)
def invite(request: DeskRequest, pk: int) -> HttpResponse:
    """Give out a one-time secret for a person's first log-in, and show it this once."""
    view = person_within(pk, request.by.scope)
    if view is None:
        raise Http404
    secret = actions.invite(pk, by=request.by, at=request.at)
    context = {"section": "staff", "person": view, "secret": secret}
    return render(request, "desk/staff/invited.html.jinja", context)


@demands(Permission.MANAGE_STAFF)
def propose(request: DeskRequest, code: str) -> HttpResponse:
    """Show the form of a post in an area; on POST propose it."""
    area = area_by_code(code)
    if area is None or not request.by.covers(code):
        raise Http404
    form = PostForm(request.POST or None, initial={"from_date": request.on}, area=area)
    if form.is_bound and form.is_valid():
        actions.propose_post(form.proposal(), by=request.by, at=request.at)
        messages.success(request, _("已提出，等另一名安全管理员审定。"))
        return redirect("desk:staff")
    context = {"section": "staff", "form": form, "area": area}
    status = 422 if form.is_bound else 200
    return render(request, "desk/staff/propose.html.jinja", context, status=status)


def _post(request: DeskRequest, pk: int) -> HeldPost:
    post = post_within(pk, request.by.scope)
    if post is None:
        raise Http404
    return post


@demands(Permission.MANAGE_STAFF)
def delegate(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the form by which somebody stands in for a holder; on POST propose it."""
    post = _post(request, pk)
    form = DelegationForm(request.POST or None, initial={"from_date": request.on})
    if form.is_bound and form.is_valid():
        actions.delegate(pk, form.proposal(post), by=request.by, at=request.at)
        messages.success(request, _("已提出，等另一名安全管理员审定。"))
        return redirect("desk:staff")
    context = {"section": "staff", "form": form, "post": post}
    status = 422 if form.is_bound else 200
    return render(request, "desk/staff/delegate.html.jinja", context, status=status)


@demands(Permission.MANAGE_STAFF)
def end(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask why a post ends; on POST end it and the sessions of who held it."""
    post = _post(request, pk)
    form = EndForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.end_post(pk, reason=form.cleaned_data["reason"], by=request.by, at=request.at)
        messages.success(request, _("已离岗，本人的登录已全部结束。"))
        return redirect("desk:person", post.staff_id)
    context = {"section": "staff", "form": form, "post": post}
    status = 422 if form.is_bound else 200
    return render(request, "desk/staff/end.html.jinja", context, status=status)


@demands(Permission.DECIDE_STAFF)
def decide(request: DeskRequest, pk: int, verb: str) -> HttpResponse:
    """Grant a post that somebody else proposed, or decline it with a reason."""
    if appointment(pk, request.by.scope) is None:
        raise Http404
    if verb == "grant":
        post = actions.grant(pk, by=request.by, at=request.at)
        messages.success(request, _("已批准。"))
        return redirect("desk:person", post.staff_id)
    if verb == "decline":
        reason = request.POST.get("reason", "")
        actions.decline(pk, reason=reason, by=request.by, at=request.at)
        messages.success(request, _("已退回，提出人会看到理由。"))
        return redirect("desk:staff")
    raise Http404

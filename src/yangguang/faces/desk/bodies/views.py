"""The pages of service bodies, of who leads, and of the areas."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from yangguang.faces.desk.bodies.forms import BodyForm, RenameForm
from yangguang.faces.desk.bodies.presenters import (
    AreasPage,
    BodiesPage,
    may_rename,
    organisation_rows,
)
from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.numbers import asked_number
from yangguang.faces.desk.rights import demands
from yangguang.faces.look.pages import render
from yangguang.foundation.accounts.rules.roles import NotPermitted, Permission
from yangguang.foundation.divisions.actions.areas import rename_area
from yangguang.foundation.divisions.actions.bodies import update_body
from yangguang.foundation.divisions.queries import body as body_by_id
from yangguang.foundation.divisions.types import BodyView


@demands(Permission.SEE_BODIES)
def bodies(request: DeskRequest) -> HttpResponse:
    """List the bodies of an area with what each lacks of the six haves."""
    asked = request.GET
    page = BodiesPage.of(
        asked.get("area") or request.by.scope.ljust(12, "0"),
        kind=asked.get("kind", ""),
        lacking=asked.get("lacking") == "1",
        page=max(1, asked_number(asked.get("page", ""), otherwise=1)),
        by=request.by,
    )
    if page is None:
        raise Http404
    return render(request, "desk/bodies/list.html.jinja", {"section": "bodies", "page": page})


@demands(Permission.SEE_BODIES)
def organisations(request: DeskRequest) -> HttpResponse:
    """Show the leading group, its office and the units."""
    context = {"section": "bodies", "rows": organisation_rows()}
    return render(request, "desk/bodies/organisations.html.jinja", context)


@demands(Permission.EDIT_BODIES)
def body(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the form of a body; on POST write down what it has now."""
    view = _seen(request, pk)
    form = BodyForm(request.POST) if request.method == "POST" else BodyForm.of(view.facts)
    if form.is_bound and form.is_valid():
        update_body(pk, facts=form.facts(view.facts), by=request.by, at=request.at)
        messages.success(request, _("已保存“%(name)s”。") % {"name": form.cleaned_data["name"]})
        return redirect("desk:body", pk)
    context = {"section": "bodies", "body": view, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "desk/bodies/body.html.jinja", context, status=status)


def _seen(request: DeskRequest, pk: int) -> BodyView:
    view = body_by_id(pk)
    if view is None or not request.by.covers(view.facts.area_code):
        raise Http404
    return view


@demands(Permission.SEE_BODIES)
def areas(request: DeskRequest, code: str) -> HttpResponse:
    """Show an area, what lies below, and its past."""
    form = RenameForm(initial={"on": request.on})
    return _areas(request, code, form, 200)


@demands(Permission.EDIT_BODIES)
def rename(request: DeskRequest, code: str) -> HttpResponse:
    """Give an area another name from a day on."""
    if not may_rename(request.by):
        raise NotPermitted(_("区划更名由市级管理员办理。请将批准文件报市级管理员。"))
    form = RenameForm(request.POST)
    if not request.by.covers(code) or not form.is_valid():
        return _areas(request, code, form, 422)
    rename_area(code, **form.cleaned_data, by=request.by, at=request.at)
    messages.success(request, _("已更名。旧名称仍可查到。"))
    return redirect("desk:areas", code)


def _areas(request: DeskRequest, code: str, form: RenameForm, status: int) -> HttpResponse:
    page = AreasPage.of(code, request.by)
    if page is None:
        raise Http404
    context = {"section": "bodies", "page": page, "form": form}
    return render(request, "desk/bodies/areas.html.jinja", context, status=status)

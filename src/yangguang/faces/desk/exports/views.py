"""The pages of export requests."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from yangguang.aid.plans import actions
from yangguang.aid.plans.queries.exports import has_request, latest_request
from yangguang.aid.plans.types import ExportStatus
from yangguang.faces.desk.exports.presenters import AskForm, ExportsPage, subject_of
from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.rights import demands
from yangguang.faces.look.pages import render
from yangguang.foundation.accounts.rules.roles import Permission


@demands(Permission.EXPORT_LISTS)
def exports(request: DeskRequest) -> HttpResponse:
    """List the requests within the scope."""
    context = {"page": ExportsPage.of(request.by, request.at), "section": "exports"}
    return render(request, "desk/exports/list.html.jinja", context)


@demands(Permission.EXPORT_LISTS)
def ask(request: DeskRequest, kind: str, key: int) -> HttpResponse:
    """Ask for a long list with what it is needed for; what waits already is shown."""
    subject = subject_of(kind, key)
    if subject is None:
        raise Http404
    latest = latest_request(subject, request.by.id, at=request.at)
    if latest is not None and (latest.status == ExportStatus.ASKED or latest.is_open):
        return redirect("desk:exports")
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.ask_export(subject, reason=reason, by=request.by, at=request.at)
        messages.success(request, _("已提出申请，请另一名有导出权限的人员审定。"))
        return redirect("desk:exports")
    context = {"subject": subject, "form": form, "section": "exports"}
    status = 422 if form.is_bound else 200
    return render(request, "desk/exports/ask.html.jinja", context, status=status)


@demands(Permission.EXPORT_LISTS)
def decide(request: DeskRequest, pk: int, verb: str) -> HttpResponse:
    """Let a list go, or keep it in with a reason."""
    if not has_request(pk):
        raise Http404
    if verb == "grant":
        actions.grant_export(pk, by=request.by, at=request.at)
    elif verb == "decline":
        reason = request.POST.get("reason", "")
        actions.decline_export(pk, reason=reason, by=request.by, at=request.at)
    else:
        raise Http404
    return redirect("desk:exports")

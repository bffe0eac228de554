"""The pages of the policy library."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.policies.forms import CalendarForm
from yangguang.faces.desk.policies.presenters import WHOLE, LibraryPage, VersionPage
from yangguang.faces.desk.rights import demands
from yangguang.faces.look.pages import render
from yangguang.foundation.accounts.rules.roles import Permission
from yangguang.foundation.catalogue import queries
from yangguang.foundation.catalogue.actions import CalendarYearExists, add_calendar
from yangguang.foundation.catalogue.types import PolicyKind, PolicyVersion
from yangguang.foundation.kernel.calendars import CalendarError


@demands(Permission.SEE_POLICIES)
def policies(request: DeskRequest) -> HttpResponse:
    """List the versions of a kind of policy."""
    page = LibraryPage.of(request.GET.get("kind", ""), by=request.by, on=request.on)
    context = {"section": "policies", "page": page, "kinds": list(PolicyKind)}
    return render(request, "desk/policies/list.html.jinja", context)


@demands(Permission.SEE_POLICIES)
def policy(request: DeskRequest, kind: str, key: str, area: str, day: str) -> HttpResponse:
    """Show one version in words."""
    page = VersionPage.of(_version(kind, key, area, day), request.on)
    context = {"section": "policies", "page": page}
    return render(request, "desk/policies/policy.html.jinja", context)


@demands(Permission.SEE_POLICIES)
def policy_file(request: DeskRequest, kind: str, key: str, area: str, day: str) -> HttpResponse:
    """Give one version as the YAML file that loads again."""
    text = queries.policy_text(_version(kind, key, area, day))
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}-{key}-{day}.yaml"'
    return response


def _version(kind: str, key: str, area: str, day: str) -> PolicyVersion:
    try:
        from_day = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    found = queries.policy(kind, key, "" if area == WHOLE else area, from_day)
    if found is None:
        raise Http404
    return found


@demands(Permission.ADD_CALENDAR)
def new_calendar(request: DeskRequest) -> HttpResponse:
    """Show the form; on POST add the working calendar of one more year."""
    form = CalendarForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            year = add_calendar(
                form.cleaned_data["text"], source=form.source, by=request.by, at=request.at
            )
        except (CalendarError, CalendarYearExists) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已增补 %(year)d 年工作日历。") % {"year": year})
            return redirect("desk:policy", "calendar", str(year), WHOLE, f"{year}-01-01")
    context = {"section": "policies", "form": form, "sample": _sample()}
    status = 422 if form.is_bound else 200
    return render(request, "desk/policies/calendar.html.jinja", context, status=status)


def _sample() -> str:
    """Give the newest year as the pattern to follow."""
    newest = queries.policies(PolicyKind.CALENDAR)[-1]
    return queries.policy_text(newest)

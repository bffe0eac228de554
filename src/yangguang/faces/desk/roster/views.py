"""The pages of a roster: upload, check, take."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from yangguang.aid.ledger.actions import open_legacy
from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.rights import demands
from yangguang.faces.desk.roster.forms import RosterForm
from yangguang.faces.desk.roster.holding import drop, fetch, keep
from yangguang.faces.desk.roster.presenters import (
    CheckedPage,
    area_name,
    areas_of,
    upload_context,
)
from yangguang.faces.look.pages import render, workbook
from yangguang.families.registry.actions.roster import Result, commit_roster
from yangguang.families.registry.queries.roster import check_roster
from yangguang.families.registry.rules.roster.apart import read_apart
from yangguang.families.registry.rules.roster.report import Report
from yangguang.families.registry.rules.roster.upload import RosterUnreadable
from yangguang.families.registry.rules.roster.writing import annotated, template
from yangguang.foundation.accounts.rules.roles import Permission

UPLOAD = "desk/roster/upload.html.jinja"


@demands(Permission.IMPORT_ROSTER)
def roster(request: DeskRequest) -> HttpResponse:
    """Show the form; on POST keep the file for its uploader and lead to its check."""
    areas = areas_of(request.by)
    if request.method != "POST":
        return render(request, UPLOAD, upload_context(request.by, RosterForm(areas=areas)))
    form = RosterForm(request.POST, request.FILES, areas=areas)
    if not form.is_valid():
        return render(request, UPLOAD, upload_context(request.by, form), status=422)
    data = form.cleaned_data["file"].read()
    key = keep(data, by=request.by, at=request.at)
    return redirect("desk:roster_check", form.cleaned_data["area_code"], key)


@demands(Permission.IMPORT_ROSTER)
def check(request: DeskRequest, area_code: str, key: str) -> HttpResponse:
    """Check the kept file against itself and the register, and show what taking it would do."""
    try:
        report = _report(request, area_code, key)
    except RosterUnreadable as refusal:
        form = RosterForm(areas=areas_of(request.by))
        context = upload_context(request.by, form, refused=str(refusal))
        return render(request, UPLOAD, context, status=422)
    context = {
        "section": "roster",
        "page": CheckedPage.of(report),
        "area_code": area_code,
        "area_name": area_name(area_code),
        "key": key,
    }
    return render(request, "desk/roster/check.html.jinja", context)


@demands(Permission.IMPORT_ROSTER)
def commit(request: DeskRequest, area_code: str, key: str) -> HttpResponse:
    """Check once more, and take the file whole or its clean households."""
    report = _report(request, area_code, key)
    clean_only = request.POST.get("take") == "clean"
    result = commit_roster(report, by=request.by, at=request.at, take_clean=clean_only)
    open_legacy(
        result.recognised,
        on=report.on,
        area_code=report.area_code,
        by=request.by,
        at=request.at,
        key=f"roster-{request.at:%Y%m%d%H%M%S}",
    )
    messages.success(request, _told(result))
    if result.left_out:
        return redirect("desk:roster_check", area_code, key)
    drop(key, by=request.by)
    return redirect("desk:roster")


@demands(Permission.IMPORT_ROSTER)
def returned(request: DeskRequest, area_code: str, key: str) -> HttpResponse:
    """Give back the rows that need correcting, each with its problem beside it."""
    data = annotated(_report(request, area_code, key))
    return workbook(data, name=f"roster-problems-{area_code}")


@demands(Permission.IMPORT_ROSTER)
def empty(request: DeskRequest) -> HttpResponse:
    """Give the empty roster to fill in."""
    return workbook(template(), name="roster-template")


def _report(request: DeskRequest, area_code: str, key: str) -> Report:
    if not request.by.covers(area_code):
        raise Http404
    sheet = read_apart(fetch(key, by=request.by, at=request.at))
    return check_roster(sheet, area_code=area_code, on=request.on)


def _told(result: Result) -> str:
    return _(
        "已导入：新增 %(new)d 户，更新 %(changed)d 户，不变 %(same)d 户，退回 %(left)d 户。"
    ) % {
        "new": result.created,
        "changed": result.updated,
        "same": result.unchanged,
        "left": result.left_out,
    }

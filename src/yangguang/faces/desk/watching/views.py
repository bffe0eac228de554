"""The pages of odd looks."""

from django.http import HttpResponse

from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.rights import demands
from yangguang.faces.desk.watching.presenters import OddPage, ReaderPage, week_of
from yangguang.faces.look.pages import render
from yangguang.foundation.accounts.rules.roles import Permission


@demands(Permission.WATCH_LOOKS)
def odd_looks(request: DeskRequest) -> HttpResponse:
    """List what of seven days asks for an explanation."""
    page = OddPage.of(week_of(request.GET.get("from", ""), request.on), on=request.on)
    return render(request, "desk/watching/odd.html.jinja", {"page": page, "section": "looks"})


@demands(Permission.WATCH_LOOKS)
def reader_looks(request: DeskRequest, reader: int) -> HttpResponse:
    """List the rows behind a finding: one reader's looks and reveals of seven days."""
    first = week_of(request.GET.get("from", ""), request.on)
    page = ReaderPage.of(reader, first, by=request.by)
    return render(request, "desk/watching/reader.html.jinja", {"page": page, "section": "looks"})

"""The ranking of any area within the scope."""

from django.http import Http404, HttpResponse

from yangguang.aid.index.queries import frame_of, page, scope_of
from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.ranking.forms import RankingForm
from yangguang.faces.desk.ranking.presenters import RankingPage
from yangguang.faces.desk.rights import demands
from yangguang.faces.look.pages import render
from yangguang.foundation.accounts.rules.roles import Permission

TEMPLATE = "desk/ranking/ranking.html.jinja"


@demands(Permission.SEE_RANKING)
def ranking(request: DeskRequest) -> HttpResponse:
    """Show a page of the families of an area, neediest first."""
    form = RankingForm(request.GET)
    chosen = form.chosen
    area = form.cleaned_data["area"] or request.by.scope.ljust(12, "0")
    frame = frame_of(request.by.scope, area, request.on)
    if frame is None:
        raise Http404("no such area within the scope")
    rows = page(scope_of(area), chosen, after=form.onward, before=form.back)
    shown = RankingPage.of(frame, chosen, rows, at=request.at, role=request.by.role)
    return render(request, TEMPLATE, {"page": shown, "section": "ranking"}, fragment="ranking")

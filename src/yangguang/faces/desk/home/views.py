"""The first page: the desk for who is logged in, else the way in."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from yangguang.faces.desk.accounts.presenters import LogInPage, ShownRanking
from yangguang.faces.desk.home.presenters import HomePage
from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.navigation import places
from yangguang.faces.desk.rights import demands, open_to_all
from yangguang.faces.look.pages import render
from yangguang.foundation.accounts.rules.roles import Permission


@open_to_all
@require_safe
def home(request: DeskRequest) -> HttpResponse:
    """Show the desk, the demonstration's front page, or the log-in."""
    if request.actor is not None:
        first = places(request.actor)[0]
        return desk(request) if first.section == "home" else redirect(first.name)
    if settings.DEMO:
        return welcome(request)
    return HttpResponseRedirect(f"{reverse('desk:login')}?{urlencode({'next': '/'})}")


@demands(Permission.SEE_HOUSEHOLDS)
def desk(request: DeskRequest) -> HttpResponse:
    """Show what waits in the actor's area, and its numbers."""
    page = HomePage.of(request.by, on=request.on)
    return render(request, "desk/home/home.html.jinja", {"page": page, "section": "home"})


def welcome(request: DeskRequest) -> HttpResponse:
    """Show the demonstration's people and, masked, the head of its ranking."""
    page = LogInPage.of(request.on, back="/")
    shown = ShownRanking.of(page.people)
    return render(request, "desk/home/welcome.html.jinja", {"page": page, "ranking": shown})

"""The first log-in: a one-time secret, a password, a phone that makes codes, and the pledge."""

from datetime import UTC, datetime

import segno
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from markupsafe import Markup

from yangguang.faces.desk.accounts.forms import CodeForm, FirstLogInForm
from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.rights import demands, open_to_all
from yangguang.faces.desk.sessions import PLEDGE, begin, origin_of
from yangguang.faces.look.pages import render
from yangguang.foundation.accounts import actions
from yangguang.foundation.accounts.queries import has_authenticator
from yangguang.foundation.accounts.rules import pledge as pledge_rules
from yangguang.foundation.accounts.rules.codes import address_for_apps
from yangguang.foundation.accounts.rules.roles import Permission
from yangguang.foundation.accounts.rules.sessions import IDLE

_ENROLLING, _NAME, _SINCE = "enrolling", "enrolling_name", "enrolling_since"


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def first(request: DeskRequest) -> HttpResponse:
    """Take a one-time secret and a new password, and lead on to the second factor."""
    form = FirstLogInForm(request.POST or None)
    is_wrong = False
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        staff_id = actions.accept_invitation(
            given["username"],
            secret=given["secret"],
            password=given["password"],
            origin=origin_of(request),
            at=request.at,
        )
        if staff_id is not None:
            request.session.flush()
            request.session[_ENROLLING] = staff_id
            request.session[_NAME] = given["username"]
            request.session[_SINCE] = request.at.timestamp()
            return redirect("desk:enrol")
        is_wrong = True
    context = {"form": form, "is_wrong": is_wrong}
    return render(request, "desk/accounts/first.html.jinja", context)


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def enrol(request: DeskRequest) -> HttpResponse:
    """Show the secret that a phone is to learn; its first code is the log-in."""
    staff_id = _enrolling(request)
    if staff_id == 0 or has_authenticator(staff_id):
        return HttpResponseRedirect(reverse("desk:login"))
    secret = actions.begin_authenticator(staff_id, at=request.at)
    form = CodeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        code, origin = form.cleaned_data["code"], origin_of(request)
        if actions.confirm_authenticator(staff_id, code=code, origin=origin, at=request.at):
            begin(request, staff_id)
            return redirect("desk:pledge")
    picture = segno.make(address_for_apps(secret, request.session[_NAME]), micro=False)
    context = {
        "form": form,
        "is_wrong": form.is_bound,
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        # Our own drawing of our own address, not input.
        "picture": Markup(picture.svg_inline(scale=4)),
    }
    return render(request, "desk/accounts/enrol.html.jinja", context)


def _enrolling(request: DeskRequest) -> int:
    """Give whose first log-in this is, within a quarter of an hour, or 0."""
    since = datetime.fromtimestamp(request.session.get(_SINCE, 0), UTC)
    return int(request.session.get(_ENROLLING, 0)) if request.at - since < IDLE else 0


@demands(Permission.SIGN_PLEDGE)
def pledge(request: DeskRequest) -> HttpResponse:
    """Show the pledge of secrecy; on POST sign it."""
    if request.method == "POST" and request.POST.get("agrees") == "1":
        signed = actions.sign_pledge(by=request.by, at=request.at)
        request.session[PLEDGE] = signed.hex()
        return redirect("desk:home")
    context = {"version": pledge_rules.VERSION, "articles": pledge_rules.ARTICLES}
    return render(request, "desk/accounts/pledge.html.jinja", context)

"""Logging in, by password and code or by one click in the demonstration, and out again."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yangguang.faces.desk.accounts.forms import DemoLogInForm, PasswordLogInForm, safe_next
from yangguang.faces.desk.accounts.presenters import LogInPage
from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.rights import open_to_all
from yangguang.faces.desk.sessions import begin, keep_device, new_device, origin_of
from yangguang.faces.look.pages import render
from yangguang.foundation.accounts.actions import (
    close_session,
    give_demo_authenticator,
    try_log_in,
)
from yangguang.foundation.accounts.queries import staff_by_username


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def log_in(request: DeskRequest) -> HttpResponse:
    """Show who may log in; a log-in begins a fresh session and leads back."""
    back = safe_next(request.POST.get("next") or request.GET.get("next", "/"))
    return _by_click(request, back) if settings.DEMO else _by_password(request, back)


def _by_click(request: DeskRequest, back: str) -> HttpResponse:
    """Log in as one of the made city's people; the click counts as a second factor."""
    form = DemoLogInForm(request.POST or None, on=request.on)
    if form.is_bound and form.is_valid():
        staff = staff_by_username(form.cleaned_data["person"])
        if staff is not None:
            give_demo_authenticator(staff.pk, at=request.at)
            begin(request, staff.pk)
            return HttpResponseRedirect(back)
    page = LogInPage.of(request.on, back=back, form=form)
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/accounts/login.html.jinja", {"page": page}, status=status)


def _by_password(request: DeskRequest, back: str) -> HttpResponse:
    """Log in by name, password and code; whatever is wrong is answered in the same words.

    The answer to a wrong try is 200: it must stay counted.
    """
    form = PasswordLogInForm(request.POST or None)
    if form.is_bound and form.is_valid():
        origin = origin_of(request)
        given = form.cleaned_data
        device = origin.device or new_device()
        staff_id = try_log_in(
            given["username"],
            password=given["password"],
            code=given["code"],
            origin=origin,
            new_device=device,
            at=request.at,
        )
        if staff_id is not None:
            begin(request, staff_id)
            response = HttpResponseRedirect(back)
            keep_device(response, device)
            return response
    context = {"form": form, "back": back, "is_wrong": form.is_bound}
    return render(request, "desk/accounts/password.html.jinja", context)


@open_to_all
@require_POST
def log_out(request: DeskRequest) -> HttpResponse:
    """End the session and show who may log in."""
    if request.actor is not None:
        close_session(request.session.session_key or "", by=request.actor, at=request.at)
    request.session.flush()
    return HttpResponseRedirect(reverse("desk:login"))

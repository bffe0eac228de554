"""Logging in as one of the demonstration's people, and out again."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yangguang.faces.desk.accounts.forms import DemoLogInForm, safe_next
from yangguang.faces.desk.accounts.presenters import LogInPage
from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.rights import open_to_all
from yangguang.faces.look.pages import render
from yangguang.foundation.accounts.queries import staff_by_username

BACKEND = "yangguang.foundation.accounts.backend.PostBackend"


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def log_in(request: DeskRequest) -> HttpResponse:
    """Show who may log in; a click is a log-in with a fresh session, and leads back."""
    back = safe_next(request.POST.get("next") or request.GET.get("next", "/"))
    form = DemoLogInForm(request.POST or None, on=request.on)
    if request.method == "POST" and settings.DEMO and form.is_valid():
        staff = staff_by_username(form.cleaned_data["person"])
        if staff is not None:
            login(request, staff, backend=BACKEND)
            return HttpResponseRedirect(back)
    page = LogInPage.of(request.on, back=back, form=form)
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/accounts/login.html.jinja", {"page": page}, status=status)


@open_to_all
@require_POST
def log_out(request: DeskRequest) -> HttpResponse:
    """End the session and show who may log in."""
    logout(request)
    return HttpResponseRedirect(reverse("desk:login"))

"""A second factor that is fresh, before approving, paying, exporting, revealing, administering."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.sessions import has_fresh_factor, note_factor, origin_of
from yangguang.faces.look.pages import render
from yangguang.foundation.accounts.actions import confirm_factor
from yangguang.foundation.accounts.queries import demo_code

CODE = "factor_code"
_SAFE = {"GET", "HEAD"}
_OWN = {CODE, "csrfmiddlewaretoken"}


def factor_wanted(request: DeskRequest) -> HttpResponse | None:
    """Give the page that asks for a code, or None where the second factor is fresh.

    What was sent is not done, and is held on the page as hidden fields: with the code it is sent
    again. An upload cannot be held, so its reader confirms first and uploads again.
    """
    if has_fresh_factor(request) or brought(request):
        return None
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": _confirm(_where(request))})
    if request.method in _SAFE:
        return HttpResponseRedirect(_confirm(request.get_full_path()))
    if request.FILES:
        return HttpResponseRedirect(_confirm(_where(request)))
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _OWN
        for value in values
    ]
    return factor_page(request, action=request.get_full_path(), fields=fields)


def factor_page(
    request: DeskRequest, *, action: str, fields: list[tuple[str, str]]
) -> HttpResponse:
    """Ask for a code, to be sent to an address together with fields.

    The answer is 200 also after a wrong code: a try that failed must stay counted.
    """
    context = {
        "section": "",
        "action": action,
        "fields": fields,
        "is_wrong": CODE in request.POST,
        "shown_code": demo_code(request.by.id, request.at) if settings.DEMO else "",
    }
    return render(request, "desk/accounts/confirm.html.jinja", context)


def brought(request: DeskRequest) -> bool:
    """Tell whether this request has brought the right code, and note it."""
    if request.method in _SAFE or CODE not in request.POST:
        return False
    code = request.POST[CODE]
    is_right = confirm_factor(code=code, origin=origin_of(request), by=request.by, at=request.at)
    if is_right:
        note_factor(request)
    return is_right


def _confirm(back: str) -> str:
    return f"{reverse('desk:confirm')}?{urlencode({'next': back})}"


def _where(request: DeskRequest) -> str:
    """Give the page from which something was sent, by its path, or the first page."""
    said = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    parts = urlsplit(said)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if url_has_allowed_host_and_scheme(path, None) else "/"

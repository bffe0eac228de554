"""The two choices any reader may make without logging in: language (by Django) and type size."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from yangguang.faces.look.environment import SIZE_COOKIE

YEAR = 365 * 24 * 3600


@require_POST
def set_size(request: HttpRequest) -> HttpResponse:
    """Keep the size of type ("large" is 长辈版) for a year, and return where the reader was."""
    back = request.POST.get("next", "/")
    secure = request.is_secure()
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=secure):
        back = "/"
    size = "large" if request.POST.get("size") == "large" else "normal"
    response = HttpResponseRedirect(back)
    response.set_cookie(
        SIZE_COOKIE,
        size,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response

"""Doing a verb from a page: what was done is told on it, and so is why it was refused."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from yangguang.faces.desk.middleware import DeskRequest
from yangguang.foundation.accounts.rules.roles import NotPermitted
from yangguang.foundation.kernel.refusals import Refusal


def attempt(
    request: DeskRequest,
    verb: Callable[[], object],
    *,
    said: str,
    to: str,
    page: Callable[[], HttpResponse],
) -> HttpResponse:
    """Do a verb and lead to an address; refused, answer 409 with the page that it came from.

    Every verb is atomic: a refused one has left nothing, and the page shows what stands. A missing
    right stays an answer of its own.
    """
    try:
        verb()
    except NotPermitted:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
        response = page()
        response.status_code = 409
        return response
    messages.success(request, said)
    return HttpResponseRedirect(to)

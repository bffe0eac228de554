"""The edge of a request: one transaction, who acts in it, and a ranking that is never stale."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from yangguang.aid.index.actions import catch_up
from yangguang.faces.desk.numbers import LARGEST_KEY
from yangguang.faces.desk.sessions import current_actor
from yangguang.faces.desk.trouble import refused, unreadable
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import Actor, enter

_SAFE = {"GET", "HEAD", "OPTIONS"}


class DeskRequest(HttpRequest):
    """A request with its moment and who acts: `by` behind `demands`, `actor` anywhere."""

    actor: Actor | None
    by: Actor
    at: datetime
    on: date


def _holds_nul(request: HttpRequest) -> bool:
    """Tell whether an address, a form or a file's name holds the sign that no text of ours may."""
    texts = [request.path, *request.GET, *(one for _, many in request.GET.lists() for one in many)]
    if request.method not in _SAFE:
        texts += [*request.POST, *(one for _, many in request.POST.lists() for one in many)]
        texts += [one.name or "" for _, many in request.FILES.lists() for one in many]
    return any("\0" in text for text in texts)


class Desk:
    """Open a transaction, set the context, and rescore what the request has changed.

    A view that failed, by exception or by a status of 400 and above, leaves nothing behind.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: DeskRequest) -> HttpResponse:
        """Serve the request inside its transaction."""
        request.at = timezone.now()
        request.on = timezone.localdate(request.at)
        if _holds_nul(request):
            request.actor = None
            return unreadable(request)
        with transaction.atomic():
            request.actor = current_actor(request)
            if request.actor is not None:
                enter(request.actor)
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            elif request.actor is not None and request.method not in _SAFE:
                catch_up(on=request.on, at=request.at)
        # Before a log-in too: the page that teaches a phone shows its secret.
        patch_cache_control(response, no_store=True, private=True)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        given: tuple[object, ...],
        named: dict[str, object],
    ) -> None:
        """Answer a key that no table can have like one that none has."""
        if any(isinstance(one, int) and one > LARGEST_KEY for one in named.values()):
            raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal in its own words; whatever else is raised is a defect and a 500."""
        if isinstance(exception, Refusal):
            return refused(request, exception)
        return None

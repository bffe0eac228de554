"""The edge of a request: one transaction, who acts in it, and a ranking that is never stale."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from yangguang.foundation.accounts.queries import actor_of
from yangguang.foundation.walls.context import Actor, enter

_SAFE = {"GET", "HEAD", "OPTIONS"}


class DeskRequest(HttpRequest):
    """A request with the actor, or None before log-in, and the moment it arrived."""

    actor: Actor | None
    at: datetime


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
        with transaction.atomic():
            user = request.user
            today = timezone.localdate(request.at)
            request.actor = actor_of(user.pk, today) if user.is_authenticated else None
            if request.actor is not None:
                enter(request.actor)
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            elif request.actor is not None and request.method not in _SAFE:
                self._catch_up(request)
        return response

    def _catch_up(self, request: DeskRequest) -> None:
        """Rescore the marked households before the commit (design: a ranking is never stale)."""

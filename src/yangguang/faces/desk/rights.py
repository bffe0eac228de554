"""What stands before every view: somebody logged in, whose role includes the permission."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yangguang.faces.desk.factor import factor_wanted
from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.sessions import has_pledged
from yangguang.foundation.accounts.rules.roles import STRONG, Permission, demand

type View[**P] = Callable[Concatenate[DeskRequest, P], HttpResponse]


def demands[**P](permission: Permission) -> Callable[[View[P]], View[P]]:
    """Let a view be reached only with a permission.

    Without a log-in the reader is sent to it and back; without the permission `NotPermitted` is
    raised, which the middleware answers. Nothing but the pledge of secrecy is reached before it is
    signed, and a strong permission wants a fresh second factor. The permission is kept on the
    view, where the tests of the code base find it.
    """

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: DeskRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.actor is None:
                back = urlencode({"next": request.get_full_path()})
                return HttpResponseRedirect(f"{reverse('desk:login')}?{back}")
            demand(request.actor.role, permission)
            request.by = request.actor
            if permission is not Permission.SIGN_PLEDGE and not has_pledged(request):
                return HttpResponseRedirect(reverse("desk:pledge"))
            wanted = factor_wanted(request) if permission in STRONG else None
            if wanted is not None:
                return wanted
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return cast("View[P]", guarded)

    return guard


def open_to_all[**P](view: View[P]) -> View[P]:
    """Say that a view needs no log-in: the log-in itself."""
    view.permission = None  # type: ignore[attr-defined]
    return view

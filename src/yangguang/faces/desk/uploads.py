"""How much a request may carry, told before it is read, and read before anything is held for it."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.request import UnreadablePostError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from yangguang.faces.desk.batches.views import MOST_BYTES as LARGEST_RESULTS
from yangguang.faces.desk.roster.forms import LARGEST as LARGEST_ROSTER
from yangguang.faces.desk.trouble import oversized
from yangguang.foundation.files.rules.pictures import MOST_BYTES as LARGEST_PICTURE

MEGABYTE: Final = 1024 * 1024
USUAL: Final = MEGABYTE
"""Bytes of a form without a file; what a form with a file may carry beside it, too."""
FILES: Final = {
    "desk:roster": LARGEST_ROSTER,
    "desk:batch_results": LARGEST_RESULTS,
    "desk:change photo": LARGEST_PICTURE,
    "desk:change_member photo": LARGEST_PICTURE,
}
"""Bytes of the files that some addresses take, by name and by what is changed there."""


class Uploads:
    """Refuse by its length what is too large, and read the rest before a transaction opens.

    A slow sender then holds a thread, and no connection to the database. A body without a length
    is refused unread: no browser sends one, and a proxy that buffers gives it its length.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse with 411 or 413, or pass on a request that is read."""
        if request.headers.get("Transfer-Encoding"):
            return oversized(request, _("提交的内容没有写明大小。请换用常见的浏览器。"), status=411)
        length = _length(request)
        if length > USUAL and length > (most := _most(request)):
            return oversized(request, _too_large(most), status=413)
        try:
            _read(request, length)
        except UnreadablePostError:
            # The sender is gone; nobody reads this answer.
            return HttpResponseBadRequest()
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0


def _most(request: HttpRequest) -> int:
    """Give the bytes that may come to an address from this sender: files only after a log-in."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return USUAL
    name = " ".join([match.view_name, *filter(None, [match.kwargs.get("what")])])
    file = FILES.get(name, 0)
    return file + USUAL if file and request.user.is_authenticated else USUAL


def _too_large(most: int) -> str:
    return _(
        "提交的内容超过 %(most)d MB，没有接收。请缩小文件，或分几次提交；未登录的，请先登录。"
    ) % {"most": max(most - USUAL, USUAL) // MEGABYTE}


def _read(request: HttpRequest, length: int) -> None:
    """Take in the body: a small one whole, a large one as its files."""
    if length > USUAL:
        request.POST  # noqa: B018  reading is what it does
    elif length:
        request.body  # noqa: B018

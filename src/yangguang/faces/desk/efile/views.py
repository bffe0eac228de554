"""The e-file: search, one household with its index explained, its photos."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from yangguang.faces.desk.efile.presenters import EFile
from yangguang.faces.desk.efile.whatif import WhatIfForm
from yangguang.faces.desk.efile.words import word
from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.rights import demands
from yangguang.faces.look.pages import render
from yangguang.families.registry.queries.photos import photo_bytes
from yangguang.families.registry.queries.search import search
from yangguang.families.registry.rules.refusals import NotFound
from yangguang.foundation.accounts.rules.roles import Permission
from yangguang.foundation.files.rules.pictures import Size

SHOWN = 50


@demands(Permission.SEE_HOUSEHOLDS)
@require_safe
def search_results(request: DeskRequest) -> HttpResponse:
    """Show who is found in the scope by what was typed."""
    text = request.GET.get("q", "").strip()[:60]
    hits = search(text, actor=request.by, limit=SHOWN)
    context = {"text": text, "hits": hits, "word": word, "section": "households"}
    return render(request, "desk/efile/search.html.jinja", context)


@demands(Permission.SEE_HOUSEHOLDS)
@require_safe
def household(request: DeskRequest, pk: int) -> HttpResponse:
    """Show a household, why its index is what it is, and what would change it."""
    try:
        page = EFile.of(pk, on=request.on)
    except NotFound as missing:
        raise Http404("no such household within the scope") from missing
    form = WhatIfForm(request.GET if "question" in request.GET else None)
    answer = form.answer(pk, on=request.on) if form.is_bound and form.is_valid() else None
    context = {"page": page, "form": form, "answer": answer, "word": word, "section": "households"}
    return render(request, "desk/efile/household.html.jinja", context, fragment="whatif")


@demands(Permission.SEE_HOUSEHOLDS)
@require_safe
def photo(request: DeskRequest, pk: int, size: Size) -> HttpResponse:
    """Send a photo to whoever may see its household."""
    try:
        data = photo_bytes(pk, size)
    except NotFound as missing:
        raise Http404("no such photo within the scope") from missing
    headers = {"Content-Disposition": "inline", "Content-Security-Policy": "default-src 'none'"}
    return HttpResponse(data, content_type="image/jpeg", headers=headers)

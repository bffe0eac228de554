"""Renders a page whole, or only the block that an htmx request swaps in."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.template.backends.jinja2 import Template as BackendTemplate
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from django.template.loader import get_template
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails
from jinja2 import Template
from jinja2.runtime import Context

MESSAGES = "look/messages.html.jinja"


def wants_fragment(request: HttpRequest, fragment: str | None) -> bool:
    """Say whether htmx asks for this block: its target's id is the block's name.

    An underscore in the name stands for a hyphen in the id. A boosted link and a page restored
    from history get the whole page.
    """
    htmx = cast(HtmxDetails | None, getattr(request, "htmx", None))
    if not fragment or not htmx or htmx.boosted or htmx.history_restore_request:
        return False
    return (htmx.target or "").replace("-", "_") == fragment.replace("-", "_")


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    fragment: str | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Answer with the page, or with the named block alone when htmx targets it.

    The answer varies by the htmx headers that decide it. Messages that wait are added to a
    fragment out of band. Raises KeyError when the template has no such block.
    """
    page = cast(BackendTemplate, get_template(template))
    values = dict(context or {})
    if wants_fragment(request, fragment):
        body = render_block(page, str(fragment).replace("-", "_"), values, request)
        body += str(get_template(MESSAGES).render({"out_of_band": True}, request))
    else:
        body = page.render(values, request)
    response = HttpResponse(body, status=status)
    if fragment:
        patch_vary_headers(response, ("HX-Request", "HX-Target", "HX-Boosted"))
    return response


def workbook(data: bytes, *, name: str) -> HttpResponse:
    """Answer with a workbook to save under a name."""
    response = HttpResponse(
        data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def render_block(
    page: BackendTemplate, block: str, values: dict[str, Any], request: HttpRequest
) -> str:
    """Render one block with all that the page would see, its top-level imports and sets too."""
    template = page.template
    context = template.new_context(_given(page, values, request))
    _run_top_level(template, context)
    return "".join(context.blocks[block][0](context))


def _given(page: BackendTemplate, values: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    """Give the values as Django's backend would: request, token, context processors."""
    given: dict[str, Any] = {
        "request": request,
        "csrf_input": csrf_input_lazy(request),
        "csrf_token": csrf_token_lazy(request),
    }
    for processor in page.backend.template_context_processors:
        given.update(processor(request))
    return given | values


def _run_top_level(template: Template, context: Context) -> None:
    """Run the imports and sets of a template and its parents, up to the first text."""
    opening: Iterator[str] = template.root_render_func(context)
    next(opening, None)

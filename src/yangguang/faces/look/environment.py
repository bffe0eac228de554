"""The Jinja2 environment of all screens: words, addresses, formats and strict names."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from yangguang.faces.look import formats, words
from yangguang.faces.look.kept import kept

SIZE_COOKIE = "yg_size"
"""The cookie that keeps the reader's choice of large type (长辈版)."""


def url(name: str, *args: object, **kwargs: object) -> str:
    """Give the address of a named page; raises NoReverseMatch for a name nobody routes."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def text_size(request: HttpRequest) -> str:
    """Give the reader's size of type, "large" (长辈版) or "normal"."""
    return "large" if request.COOKIES.get(SIZE_COOKIE) == "large" else "normal"


def say(text: str, **values: object) -> Markup:
    """Give a text in the reader's language, its values escaped and put in; %% is a per cent sign.

    It does what Jinja's own new-style gettext does, in a fraction of the time: a list of a
    hundred rows asks for a thousand words.
    """
    said = Markup(translation.gettext(text))  # our own catalogue, not input
    return said % values if values or "%" in said else said


def count(text: str, number: int, **values: object) -> Markup:
    """Give a text with a number of things at `%(n)s`, singular or plural, other values escaped."""
    given = {"n": f"{number:,}", **values}
    return Markup(translation.ngettext(text, text, number)) % given  # our own catalogue


def is_demo() -> bool:
    """Say whether this is a trial with a made city, which every page must admit."""
    return bool(getattr(settings, "DEMO", False))


def field_ids(field_id: str, *, hint: object, errors: Sequence[object]) -> str:
    """Give the ids that aria-describedby of a form field lists, hint first."""
    present = [f"{field_id}-hint"] if hint else []
    return " ".join([*present, f"{field_id}-error"] if errors else present)


def environment(**options: Any) -> Environment:
    """Make the environment that Django's Jinja2 backend asks for, with our globals and filters.

    A name that a template uses and nobody gave is an error, not an empty string.
    """
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], **options)
    made.install_gettext_translations(translation, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(formats.FILTERS)
    made.globals.update(
        _=say,
        _n=count,
        gettext=say,
        bar=formats.bar,
        field_ids=field_ids,
        is_demo=is_demo,
        kept=kept,
        language=translation.get_language,
        zh=words.zh,
        pending_messages=get_messages,
        need_step=words.need_step,
        need_word=words.need_word,
        static=static,
        text_size=text_size,
        url=url,
    )
    return made

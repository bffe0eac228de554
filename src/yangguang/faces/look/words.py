"""Words and tones that every screen shares: steps of need, and the tone of a status."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext
from markupsafe import Markup, escape

from yangguang.foundation.kernel.sayings import Saying

NEED_WORDS: tuple[Promise, ...] = (
    gettext_lazy("关注"),
    gettext_lazy("一般"),
    gettext_lazy("中度"),
    gettext_lazy("重度"),
    gettext_lazy("极度"),
)
"""The words of the five steps of need, lowest first; source: the index model's bands of H."""

_STEPS: Mapping[str, int] = MappingProxyType(
    {"关注": 1, "一般": 2, "中度": 3, "重度": 4, "极度": 5}
)

TONES = ("ok", "warn", "stop", "info", "quiet")
"""Tones a status label or notice may have; each is shown with its word, never alone."""


def need_step(band: object) -> int:
    """Give the step of need, 1 (关注) to 5 (极度).

    ``band`` is the step itself, the band's Chinese word, or a choice whose label is that word, with
    or without 困难 after it.
    Raises ValueError for anything else, so that a renamed band is not drawn in a wrong colour.
    """
    if isinstance(band, int) and 1 <= band <= len(NEED_WORDS):
        return band
    word = str(getattr(band, "label", band)).removesuffix("困难")
    if word not in _STEPS:
        raise ValueError(f"没有“{word}”这一困难程度；可用：{'、'.join(_STEPS)}。")
    return _STEPS[word]


def need_word(band: object) -> str:
    """Give the word of a step of need in the reader's language; raises ValueError as need_step."""
    return str(NEED_WORDS[need_step(band) - 1])


_CHINESE = re.compile("[\u3400-\u9fff]")


def zh(text: object) -> str:
    """Give a name, place or typed text, marked as Chinese where the page is not.

    A screen reader then pronounces it, and a translating browser leaves it alone.
    """
    if (get_language() or "zh").startswith("zh") or not _CHINESE.search(str(text)):
        return str(text) if not isinstance(text, Markup) else text
    return Markup('<span lang="zh-hans" translate="no">%s</span>') % escape(text)


def mark_chinese(text: str) -> str:
    """Give a sentence with what stands in it in Chinese, names and typed words, marked as such."""
    if (get_language() or "zh").startswith("zh"):
        return text
    parts = re.split("([\u3400-\u9fff]+)", text)
    return Markup("").join(zh(part) for part in parts)


def said(saying: Saying) -> str:
    """Say a sentence of the rules in the reader's language."""
    return saying.said(_tell)


def _tell(text: str, number: int | None) -> str:
    if not text:
        return ""
    return gettext(text) if number is None else ngettext(text, text, number)


def how_many(text: str, number: int, values: Mapping[str, object] | None = None) -> str:
    """Give a text with a number of things at `%(n)s`, in English singular or plural.

    The number is written with its thousands; `values` fill the other places.
    """
    given = {"n": f"{number:,}", **(values or {})}
    return ngettext(text, text, number) % given

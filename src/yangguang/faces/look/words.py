"""Words and tones that every screen shares: steps of need, and the tone of a status."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

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

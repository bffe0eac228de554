"""What a pure macro has drawn, kept: a list shown again is put together, not drawn again."""

from functools import lru_cache

from django.utils import translation
from jinja2.runtime import Macro
from markupsafe import Markup

# A row of a list is about 1.5 kB: some ten megabytes in a process, and never on a disk.
MOST = 8192


def kept(macro: Macro, *given: object) -> Markup:
    """Give what a macro draws of its arguments, which are hashable and all that it depends on.

    The reader's language is the one thing more; a macro that asks who reads must not be kept.
    """
    return _drawn(macro, translation.get_language(), *given)


@lru_cache(maxsize=MOST)
def _drawn(macro: Macro, language: str | None, *given: object) -> Markup:
    return Markup(macro(*given))  # what a macro gives is escaped already

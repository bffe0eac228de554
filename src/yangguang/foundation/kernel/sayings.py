"""Sentences that rules make: a Chinese text with places for values, said later in any language.

The text is the message id under which gettext holds the English one; `tools/words.py` gathers the
texts of `saying`, `count_saying` and `translatable`. Who says a sentence gives the teller.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct

type Teller = Callable[[str, int | None], str]
"""Gives a text in a language; the number of things decides between singular and plural."""


def chinese(text: str, number: int | None) -> str:
    """Give the text as it is written here."""
    return text


class Saying(Struct, frozen=True):
    """A text with `%(name)s` places and their values; a list, when it has `parts`, joined by it."""

    text: str
    values: "dict[str, str | int | Saying]" = {}
    number: int | None = None
    parts: "tuple[Saying, ...]" = ()

    def said(self, tell: Teller) -> str:
        """Say it by a teller, the values that are sayings too."""
        text = tell(self.text, self.number)
        if self.parts:
            return text.join(part.said(tell) for part in self.parts)
        given = {
            name: value.said(tell) if isinstance(value, Saying) else value
            for name, value in self.values.items()
        }
        return text % given if given else text

    def __str__(self) -> str:
        """Say it in Chinese."""
        return self.said(chinese)


NOTHING = Saying("")


def translatable(text: str) -> str:
    """Mark a text that is said elsewhere, so that it is gathered."""
    return text


def saying(text: str, values: dict[str, str | int | Saying]) -> Saying:
    """Make a sentence of a text and its values."""
    return Saying(text, values)


def count_saying(text: str, number: int, values: dict[str, str | int | Saying]) -> Saying:
    """Make a sentence about a number of things, which stands at `%(n)s`."""
    return Saying(text, {"n": number, **values}, number)


def listing(parts: Sequence[Saying], between: str = "，") -> Saying:
    """Make a list; between the parts stands a Chinese mark, which has its English too."""
    return Saying(between, parts=tuple(parts)) if parts else NOTHING

"""Closed lists of values: the code name is stored, the Chinese label is shown."""

from enum import StrEnum
from typing import Self


class Choices(StrEnum):
    """A closed list whose members carry the Chinese label that staff know.

    The label is also the message id under which gettext holds the English word.
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make a member that equals its stored code and knows its label.

        The label has a default only for type checkers, to whom `Sex("male")` looks like making one.
        """
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def pairs(cls) -> list[tuple[str, str]]:
        """Give (code, label) pairs in order, as model and form fields want them."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def codes(cls) -> list[str]:
        """Give the stored codes in order, for database constraints."""
        return [member.value for member in cls]

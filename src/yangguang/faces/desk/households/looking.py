"""What the page of who has looked at a family's file shows (谁看过)."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from yangguang.families.registry.queries.looking import (
    MOST,
    LookLine,
    RevealLine,
    looks_at,
    reveals_of,
)
from yangguang.families.registry.queries.views import HouseholdPage
from yangguang.families.registry.types import Purpose, Secret
from yangguang.foundation.accounts.rules.roles import ROLES


@dataclass(frozen=True, slots=True)
class LooksPage:
    """A family's own access list."""

    file: HouseholdPage
    looks: list[LookLine]
    reveals: list[RevealLine]

    @classmethod
    def of(cls, file: HouseholdPage) -> Self:
        """Read who looked. Two queries."""
        return cls(file, looks_at(file.id), reveals_of(file.id))

    @property
    def is_cut(self) -> bool:
        """Tell whether there may be more than is shown."""
        return MOST in (len(self.looks), len(self.reveals))

    def post(self, role: str) -> str:
        """Give the word for a reader's role."""
        return post_word(role)

    def secret(self, line: RevealLine) -> str:
        """Give the word for what was shown."""
        return _(Secret(line.secret).label)

    def purpose(self, line: RevealLine) -> str:
        """Give the word for the work it was needed for."""
        return _(Purpose(line.purpose).label)


def post_word(role: str) -> str:
    """Give the word for a role; one that is no more stands as its code."""
    known = ROLES.get(role)
    return _(known.label) if known else role

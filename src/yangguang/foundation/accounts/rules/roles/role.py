"""What all roles share."""

from typing import ClassVar

from yangguang.foundation.accounts.rules.roles.permissions import Permission
from yangguang.foundation.divisions.types import Level


class Role:
    """A role: a description a manager can read, the levels it exists at, what it may do."""

    code: ClassVar[str]
    label: ClassVar[str]
    description: ClassVar[str]
    levels: ClassVar[tuple[Level, ...]]
    permissions: ClassVar[frozenset[Permission]]
    is_administrator: ClassVar[bool] = False
    """One of the three that one person never combines (三员分立)."""

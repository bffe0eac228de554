"""Which connection may change tables."""

from typing import Any


class OwnerMigrates:
    """Migrations run as the owner, never as the role that serves."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Allow the owner's connection alone."""
        return db == "owner"

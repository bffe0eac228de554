"""Model fields that carry the walls' conventions."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
else:
    _CharField = models.CharField


class AreaCodeField(_CharField):
    """A twelve-digit area code, C-collated, so that a scope is a range of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fix length and collation; everything else is as given."""
        kwargs.setdefault("max_length", 12)
        kwargs.setdefault("db_collation", "C")
        super().__init__(*args, **kwargs)

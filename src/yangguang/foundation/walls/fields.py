"""Model fields that carry the walls' conventions."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
    _BinaryField = models.BinaryField[bytes, bytes]
else:
    _CharField = models.CharField
    _BinaryField = models.BinaryField


class AreaCodeField(_CharField):
    """A twelve-digit area code, C-collated, so that a scope is a range of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fix length and collation; everything else is as given."""
        kwargs.setdefault("max_length", 12)
        kwargs.setdefault("db_collation", "C")
        super().__init__(*args, **kwargs)


class SealedField(_BinaryField):
    """A sealed text, and the place for which it is sealed: "<place>.<value of the key column>".

    What a rotation re-seals is found by this class alone; to the database it is plain bytes.
    """

    def __init__(self, *args: Any, place: str, key: str = "id", **kwargs: Any) -> None:
        """Fix the place and the column of the same row whose value ends it."""
        self.place = place
        self.key = key
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Write the field as the binary field it is stored as."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs

    def clone(self) -> "SealedField":
        """Copy the field, as abstract models and queries ask."""
        _, _, args, kwargs = super().deconstruct()
        return SealedField(*args, place=self.place, key=self.key, **kwargs)

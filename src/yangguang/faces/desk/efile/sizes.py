"""The sizes of a photo as a part of its address."""

from yangguang.foundation.files.rules.pictures import Size


class SizeConverter:
    """A size by its code; any other word is no address."""

    regex = "|".join(Size)

    def to_python(self, value: str) -> Size:
        """Read a size."""
        return Size(value)

    def to_url(self, value: str) -> str:
        """Write a size."""
        return str(value)

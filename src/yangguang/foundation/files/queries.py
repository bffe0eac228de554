"""Giving out stored bytes, to views that have asked whether they may."""

from pathlib import Path

from django.conf import settings

from yangguang.foundation.files.models import Image
from yangguang.foundation.files.rules.pictures import Size


def path_of(digest: str, size: Size) -> Path:
    """Give where a size lies, in the private folder, spread over 256 folders by the digest."""
    return Path(settings.MEDIA_ROOT) / "images" / digest[:2] / f"{digest}.{size}.jpg"


def read(image: Image, size: Size) -> bytes:
    """Give the JPEG of one size. Raises `FileNotFoundError` when the folder has lost it."""
    return path_of(image.digest, size).read_bytes()

"""Taking in pictures."""

import hashlib
import os
import tempfile
import threading
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import transaction

from yangguang.foundation.files.models import Image
from yangguang.foundation.files.queries import path_of
from yangguang.foundation.files.rules.pictures import Picture, PictureRefused, Size, make_picture

# A large picture takes seconds and a hundred megabytes: one at a time in a process, so that a few
# of them at once leave the other threads to everybody else.
_DECODING: Final = threading.Lock()
_LONGEST_WAIT: Final = 5.0
"""Seconds after which who waits is asked to come again."""


@transaction.atomic
def store_image(data: bytes, *, at: datetime) -> Image:
    """Keep an uploaded picture in three sizes under the SHA-256 of the bytes that came.

    The same bytes twice are one row. Files are written before the row, each whole or not at all,
    so that a row never points at half a picture. Raises `PictureRefused`.
    """
    digest = hashlib.sha256(data).hexdigest()
    known = Image.objects.filter(digest=digest).first()
    if known is not None and all(path_of(digest, size).exists() for size in Size):
        return known
    picture = _decoded(data)
    for size, encoded in picture.sizes.items():
        _write(path_of(digest, size), encoded)
    image, _ = Image.objects.get_or_create(
        digest=digest,
        defaults={
            "width": picture.width,
            "height": picture.height,
            "size": len(picture.sizes[Size.FULL]),
            "stored_at": at,
        },
    )
    return image


def _decoded(data: bytes) -> Picture:
    if not _DECODING.acquire(timeout=_LONGEST_WAIT):
        raise PictureRefused("系统正在处理其他照片。请稍等片刻再上传。")
    try:
        return make_picture(data)
    finally:
        _DECODING.release()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

"""The bytes of a photo, for whoever may see its household."""

from yangguang.families.registry.models import Photo
from yangguang.families.registry.rules.refusals import NotFound
from yangguang.foundation.files.queries import read
from yangguang.foundation.files.rules.pictures import Size


def photo_bytes(photo_id: int, size: Size) -> bytes:
    """Give the JPEG of a photo; the row-level policy decides who may. Raises `NotFound`."""
    photo = Photo.objects.filter(pk=photo_id).select_related("image").first()
    if photo is None:
        raise NotFound("没有找到这张照片，可能不在您的辖区内。")
    return read(photo.image, size)

"""Photos of a family, its home and its papers."""

from datetime import datetime

from django.db import transaction

from yangguang.families.registry.actions.opening import current_members, demand_scope, note
from yangguang.families.registry.models import Household, Photo
from yangguang.families.registry.rules.refusals import InvalidChange, NotFound
from yangguang.families.registry.rules.texts import check_length
from yangguang.families.registry.types import PhotoKind
from yangguang.foundation.files.actions import store_image
from yangguang.foundation.walls.context import Actor


@transaction.atomic
def add_photo(
    household_id: int,
    *,
    data: bytes,
    kind: PhotoKind,
    by: Actor,
    at: datetime,
    taken_at: datetime | None = None,
    person_id: int | None = None,
    caption: str = "",
    is_made: bool = False,
) -> Photo:
    """Add a picture, re-encoded without EXIF; a portrait names the member it shows.

    Photos are not scored: the household is not marked and its version stays. `is_made` marks drawn
    pictures of the demonstration. Raises `PictureRefused`, `NotFound`, `OutsideScope`,
    `InvalidChange`.
    """
    household = Household.objects.select_for_update().filter(pk=household_id).first()
    if household is None:
        raise NotFound("没有找到这户，可能不在您的辖区内。")
    demand_scope(by, household.area_id)
    members = {one.person_id for one in current_members(household)}
    if person_id is not None and person_id not in members:
        raise InvalidChange("照片中的人不是这户的现有成员。请重新选择。")
    if kind == PhotoKind.PORTRAIT and person_id is None:
        raise InvalidChange("人像照片须选择是哪位成员。请选择后再上传。")
    check_length("caption", caption)
    image = store_image(data, at=at)
    photo = Photo.objects.create(
        household=household,
        area_code=household.area_id,
        person_id=person_id,
        kind=kind,
        image=image,
        caption=caption,
        taken_at=taken_at or at,
        is_made=is_made,
    )
    given: dict[str, object] = {"kind": kind, "image": image.digest, "person": person_id}
    note("add_photo", household, by=by, at=at, content=given)
    return photo

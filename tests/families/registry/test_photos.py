import io
from pathlib import Path

import pytest
from PIL import Image

from tests.factories.registry import HouseholdFactory
from tests.families.registry.conftest import actor_at
from yangguang.families.registry.actions.photos import add_photo
from yangguang.families.registry.models import Photo
from yangguang.families.registry.queries.page import photos
from yangguang.families.registry.queries.photos import photo_bytes
from yangguang.families.registry.rules.refusals import InvalidChange, NotFound
from yangguang.families.registry.types import PhotoKind
from yangguang.foundation.files.rules.pictures import Size
from yangguang.foundation.walls.context import enter

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(29)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    """Keep files of tests apart."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def jpeg() -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"  # where the picture was taken
    Image.new("RGB", (400, 300), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_photo_loses_where_it_was_taken(county, village, now):
    household = HouseholdFactory(area_code=village, by=county)
    assert Image.open(io.BytesIO(jpeg())).getexif()
    photo = add_photo(household.pk, data=jpeg(), kind=PhotoKind.HOUSE, by=county, at=now)
    for size in Size:
        kept = Image.open(io.BytesIO(photo_bytes(photo.pk, size)))
        assert not kept.getexif()
    (view,) = photos(household.pk)
    assert (view.kind, view.width, view.height) == ("house_photo", 400, 300)


def test_a_portrait_names_a_member(county, village, now):
    household = HouseholdFactory(area_code=village, by=county)
    with pytest.raises(InvalidChange, match="哪位成员"):
        add_photo(household.pk, data=jpeg(), kind=PhotoKind.PORTRAIT, by=county, at=now)
    with pytest.raises(InvalidChange, match="现有成员"):
        add_photo(
            household.pk, data=jpeg(), kind=PhotoKind.PORTRAIT, person_id=-1, by=county, at=now
        )
    photo = add_photo(
        household.pk, data=jpeg(), kind=PhotoKind.PORTRAIT, person_id=household.head_id,
        by=county, at=now,
    )  # fmt: skip
    assert photo.person_id == household.head_id


def test_a_photo_is_not_given_out_beyond_the_scope(county, villages, now):
    household = HouseholdFactory(area_code=villages[0], by=county)
    photo = add_photo(household.pk, data=jpeg(), kind=PhotoKind.HOUSE, by=county, at=now)
    clerk = actor_at(villages[2])
    enter(clerk)
    assert not Photo.objects.exists()
    with pytest.raises(NotFound):
        photo_bytes(photo.pk, Size.THUMB)

import hashlib
import io
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image as Pillow

from yangguang.foundation.files import actions
from yangguang.foundation.files.actions import store_image
from yangguang.foundation.files.models import Image
from yangguang.foundation.files.queries import path_of, read
from yangguang.foundation.files.rules.pictures import Picture, PictureRefused, Size, make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    """Keep files of tests apart."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (200, 100), colour).save(out, "PNG")
    return out.getvalue()


def test_the_name_on_disk_is_the_digest_of_what_came(now):
    data = picture()
    image = store_image(data, at=now)
    assert image.digest == hashlib.sha256(data).hexdigest()
    assert read(image, Size.THUMB) == path_of(image.digest, Size.THUMB).read_bytes()
    assert Pillow.open(io.BytesIO(read(image, Size.FULL))).size == (image.width, image.height)


def test_the_same_bytes_twice_are_one_row(now, folder: Path):
    assert store_image(picture(), at=now) == store_image(picture(), at=now)
    store_image(picture("red"), at=now)
    assert Image.objects.count() == 2
    assert len(list(folder.rglob("*.jpg"))) == 6


def test_a_size_that_the_folder_has_lost_is_made_again(now):
    image = store_image(picture(), at=now)
    path_of(image.digest, Size.MEDIUM).unlink()
    store_image(picture(), at=now)
    assert read(image, Size.MEDIUM)


def test_nobody_else_on_the_machine_reads_a_picture(now, folder: Path):
    store_image(picture(), at=now)
    for path in folder.rglob("*.jpg"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_refused_picture_leaves_neither_file_nor_row(now, folder: Path):
    with pytest.raises(PictureRefused):
        store_image(b"\xff\xd8\xff" + bytes(10), at=now)
    assert not Image.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_while_one_picture_is_decoded_another_waits_and_is_then_asked_to_come_again(
    now, folder: Path, monkeypatch
):
    monkeypatch.setattr(actions, "_LONGEST_WAIT", 0.01)
    refusals: list[str] = []

    def other_decodes(data: bytes) -> Picture:
        with ThreadPoolExecutor(1) as pool:
            with pytest.raises(PictureRefused) as refused:
                pool.submit(actions._decoded, picture("red")).result()
            refusals.append(str(refused.value))
        return make_picture(data)

    monkeypatch.setattr(actions, "make_picture", other_decodes)
    store_image(picture(), at=now)
    assert "稍等" in refusals[0]


def test_a_refused_picture_does_not_keep_the_next_one_waiting(now, monkeypatch):
    monkeypatch.setattr(actions, "_LONGEST_WAIT", 0.01)
    with pytest.raises(PictureRefused):
        store_image(b"\xff\xd8\xff" + bytes(10), at=now)
    assert store_image(picture(), at=now).pk

import io
import struct
import zlib

import pillow_heif
import pytest
from PIL import Image, ImageCms

from yangguang.foundation.files.rules.pictures import (
    MOST_BYTES,
    PictureRefused,
    Size,
    make_picture,
)


def encoded(kind: str = "JPEG", size: tuple[int, int] = (2000, 1000), mode="RGB", **more) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind, **more)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_three_plain_jpegs(kind: str):
    picture = make_picture(encoded(kind))
    kept = {size: opened(data) for size, data in picture.sizes.items()}
    assert {size: one.size for size, one in kept.items()} == {
        Size.THUMB: (160, 80), Size.MEDIUM: (800, 400), Size.FULL: (1600, 800)}  # fmt: skip
    assert {one.format for one in kept.values()} == {"JPEG"}
    assert (picture.width, picture.height) == (1600, 800)


@pytest.mark.slow
def test_a_phone_picture_in_heic_is_read():
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (320, 240), "blue")).save(out)
    assert make_picture(out.getvalue()).width == 320


def test_a_small_picture_is_not_enlarged():
    picture = make_picture(encoded(size=(100, 50)))
    assert {opened(data).size for data in picture.sizes.values()} == {(100, 50)}


def test_nothing_but_pixels_is_kept():
    exif = Image.Exif()
    exif[0x010E] = "幸福路12号"
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = encoded(size=(80, 80), exif=exif, icc_profile=profile, comment=b"372501195001010011")
    for kept in make_picture(data).sizes.values():
        assert b"372501195001010011" not in kept
        one = opened(kept)
        assert set(one.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not one.getexif()


def test_a_picture_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert make_picture(encoded(size=(80, 40), exif=exif)).width == 40


def test_a_transparent_picture_lies_on_white():
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    pixel = opened(make_picture(out.getvalue()).sizes[Size.FULL]).getpixel((10, 10))
    assert min(pixel) > 250


def test_a_broken_profile_does_not_break_the_picture():
    assert make_picture(encoded(size=(20, 20), icc_profile=b"no profile")).width == 20


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "空的"),
        (b"<svg onload='x'/>", "不是可以使用"),
        (b"GIF89a" + bytes(100), "不是可以使用"),
        (b"%PDF-1.7", "不是可以使用"),
        (b"\xff\xd8\xff" + bytes(50), "损坏"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "损坏"),
        (b"RIFF\x00\x00\x00\x00WEBP" + bytes(50), "损坏"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(50), "损坏"),
        (bytes(MOST_BYTES + 1), "超过20MB"),
    ],
)
def test_what_is_no_picture_is_refused_in_plain_words(data: bytes, why: str):
    with pytest.raises(PictureRefused, match=why):
        make_picture(data)


def test_a_truncated_picture_is_refused():
    data = encoded(size=(600, 600), quality=95)
    with pytest.raises(PictureRefused, match="损坏"):
        make_picture(data[: len(data) // 2])


def png_header(width: int, height: int) -> bytes:
    """Give a PNG that only promises its pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (struct.pack(">I", len(body)) + kind + body
                + struct.pack(">I", zlib.crc32(kind + body)))  # fmt: skip

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("side", [6_400, 12_000, 50_000])
def test_a_picture_bomb_is_refused_before_it_is_decoded(side: int):
    with pytest.raises(PictureRefused, match="4000万像素"):
        make_picture(png_header(side, side))

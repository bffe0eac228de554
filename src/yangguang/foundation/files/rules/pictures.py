"""Uploaded bytes become three plain JPEGs, or are refused before anything decodes them.

Nothing of the original survives but its pixels: no EXIF, no place, no profile.
"""

import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pillow_heif
from PIL import Image, ImageCms, ImageFile, ImageOps

from yangguang.foundation.kernel.choices import Choices
from yangguang.foundation.kernel.refusals import Refusal

pillow_heif.register_heif_opener()

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
_QUALITY: Final = 85
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF")
_HEIF_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
_SRGB: Final = ImageCms.createProfile("sRGB")


class Size(Choices):
    """图像尺寸: the longer edge, in pixels."""

    THUMB = "thumb", "缩略图"
    MEDIUM = "medium", "中图"
    FULL = "full", "原图"


EDGES: Final[Mapping[Size, int]] = {Size.THUMB: 160, Size.MEDIUM: 800, Size.FULL: 1600}


class PictureRefused(Refusal):
    """The bytes are no picture that may be kept."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Three encoded sizes; width and height are those of the full one."""

    sizes: Mapping[Size, bytes]
    width: int
    height: int


def check_bytes(data: bytes) -> None:
    """Raise `PictureRefused` unless size and first bytes are those of JPEG, PNG, WebP or HEIC."""
    if not data:
        raise PictureRefused("文件是空的。请重新拍照或选择照片。")
    if len(data) > MOST_BYTES:
        raise PictureRefused(f"照片超过{MOST_BYTES // 1024 // 1024}MB。请缩小后再上传。")
    is_heif = data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    if not (is_heif or is_webp or data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))):
        raise PictureRefused("不是可以使用的照片。请上传JPEG、PNG、WebP或HEIC格式的照片。")


def make_picture(data: bytes) -> Picture:
    """Decode, turn upright, bring to sRGB and encode as JPEG with longer edges 160, 800, 1600.

    Smaller pictures are not enlarged. Raises `PictureRefused` for other formats, damaged bytes and
    more than 40 million pixels, the latter before a pixel is decoded.
    """
    check_bytes(data)
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            upright = _upright(data)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise _too_large() from error
        # Decoders raise whatever their C code found: a damaged file is one answer to the clerk.
        except (OSError, SyntaxError, ValueError, RuntimeError, EOFError) as error:
            raise PictureRefused("照片已损坏，无法打开。请重新拍照或另选一张。") from error
    full = _fit(upright, Size.FULL)
    sizes = {size: _encode(_fit(full, size)) for size in Size}
    return Picture(sizes, full.width, full.height)


def _too_large() -> PictureRefused:
    return PictureRefused(f"照片超过{MOST_PIXELS // 10_000}万像素。请缩小后再上传。")


def _upright(data: bytes) -> ImageFile.ImageFile | Image.Image:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise _too_large()
        opened.draft("RGB", (EDGES[Size.FULL], EDGES[Size.FULL]))
        opened.load()
        return _plain(ImageOps.exif_transpose(opened))


def _plain(image: Image.Image) -> Image.Image:
    if profile := image.info.get("icc_profile"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if image.mode in ("RGB", "CMYK"):
                image = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB") or image
        except (ImageCms.PyCMSError, OSError):
            # A profile that nothing understands is dropped; the pixels are taken as sRGB.
            image.info.pop("icc_profile")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        paper = Image.new("RGB", image.size, "white")
        layer = image.convert("RGBA")
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    return image.convert("RGB")


def _fit(image: Image.Image, size: Size) -> Image.Image:
    fitted = image.copy()
    fitted.thumbnail((EDGES[size], EDGES[size]), Image.Resampling.LANCZOS)
    return fitted


def _encode(image: Image.Image) -> bytes:
    # A fresh canvas: what the decoder noted beside the pixels stays behind.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()

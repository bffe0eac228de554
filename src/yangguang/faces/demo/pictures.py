"""Draws portraits and houses for a sample of families: plainly drawings, marked as made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from random import Random
from typing import Final

from PIL import Image as Picture
from PIL import ImageDraw

from yangguang.aid.index.queries import Filter, page
from yangguang.faces.demo.city.places import COUNTY, VILLAGE
from yangguang.families.registry.actions.photos import add_photo
from yangguang.families.registry.models import Household
from yangguang.families.registry.types import PhotoKind, RegisterType, Sex
from yangguang.foundation.kernel.periods import age_on
from yangguang.foundation.walls.context import Actor

SAMPLE: Final = 200
_VARIANTS: Final = 3
_SKIES: Final = ("#dbe9f4", "#f6ead7", "#e3efe0")
_COATS: Final = ("#0b4f8a", "#7a2503", "#1d6b45")
_WALLS: Final = ("#e9dcc7", "#cfcfc9", "#d9b48f")
_ROOFS: Final = ("#8a4b32", "#5a5f66", "#70563f")
_HAIR: Final = {"child": "#2b2b2b", "adult": "#2b2b2b", "old": "#b9b9b9"}
_SKIN, _INK, _MOUTH = "#f0d2b6", "#1d2430", "#8a3b2a"


@dataclass(frozen=True, slots=True)
class Face:
    """What a portrait shows, as far as drawings differ: a few serve many."""

    sex: Sex
    age: str
    variant: int


def draw(*, seed: int, by: Actor, at: datetime) -> int:
    """Give a portrait and a house to the demonstration's village and the head of its county.

    The same drawings serve many families: each is stored once. Gives how many families have them.
    """
    rng = Random(f"pictures {seed}")
    chosen = list(dict.fromkeys(_sample()))[:SAMPLE]
    homes = Household.objects.select_related("head").in_bulk(chosen)
    for key in chosen:
        _add(homes[key], rng.randrange(_VARIANTS), by, at)
    return len(chosen)


def _sample() -> Iterator[int]:
    for scope in (VILLAGE, COUNTY[:6]):
        yield from (row.household_id for row in page(scope, Filter(), limit=SAMPLE).rows)


def _add(home: Household, variant: int, by: Actor, at: datetime) -> None:
    head = home.head
    if head is None:
        return
    age = age_on(head.born_date, at.date())
    group = "child" if age < 18 else "adult" if age < 60 else "old"
    face = portrait(Face(Sex(head.sex), group, variant))
    house = dwelling(home.register_type == RegisterType.RURAL, variant)
    for kind, data, person in (
        (PhotoKind.PORTRAIT, face, head.pk),
        (PhotoKind.HOUSE, house, None),
    ):
        add_photo(
            home.pk, data=data, kind=kind, person_id=person, is_made=True,
            by=by, at=at,
        )  # fmt: skip


@cache
def portrait(face: Face) -> bytes:
    """Draw a head and shoulders, 480 × 600, as PNG."""
    image = Picture.new("RGB", (480, 600), _SKIES[face.variant])
    pen = ImageDraw.Draw(image)
    hair, drop = _HAIR[face.age], 40 if face.age == "child" else 0
    if face.sex is Sex.FEMALE:
        pen.ellipse((115, 105 + drop, 365, 440 + drop), fill=hair)
    pen.ellipse((60 + drop, 400 + drop, 420 - drop, 820), fill=_COATS[face.variant])
    pen.ellipse((140, 130 + drop, 340, 390 + drop), fill=_SKIN)
    pen.pieslice((128, 98 + drop, 352, 340 + drop), 180, 360, fill=hair)
    for x in (200, 280):
        pen.ellipse((x - 8, 262 + drop, x + 8, 278 + drop), fill=_INK)
        if face.age == "old":
            pen.arc((x - 22, 285 + drop, x + 22, 305 + drop), 200, 340, fill="#c59f7f", width=3)
    pen.arc((200, 285 + drop, 280, 345 + drop), 20, 160, fill=_MOUTH, width=5)
    return _png(image)


@cache
def dwelling(rural: bool, variant: int) -> bytes:
    """Draw a village house or a block of flats, 800 × 600, as PNG."""
    image = Picture.new("RGB", (800, 600), _SKIES[variant])
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 470, 800, 600), fill="#b9c39a" if rural else "#c9c9c4")
    (_cottage if rural else _flats)(pen, variant)
    return _png(image)


def _cottage(pen: ImageDraw.ImageDraw, variant: int) -> None:
    pen.rectangle((160, 260, 640, 480), fill=_WALLS[variant], outline="#4a5565", width=3)
    pen.polygon(((120, 265), (400, 120), (680, 265)), fill=_ROOFS[variant])
    pen.rectangle((360, 340, 440, 480), fill="#5b3a24")
    for x in (220, 510):
        pen.rectangle((x, 320, x + 80, 400), fill="#bcd4e6", outline="#4a5565", width=3)
    if variant == 2:
        pen.line((600, 270, 560, 350, 590, 420), fill="#4a5565", width=4)


def _flats(pen: ImageDraw.ImageDraw, variant: int) -> None:
    pen.rectangle((220, 60, 580, 480), fill=_WALLS[variant], outline="#4a5565", width=3)
    for floor in range(5):
        for x in (260, 370, 480):
            top = 90 + floor * 72
            pen.rectangle((x, top, x + 60, top + 44), fill="#bcd4e6", outline="#4a5565", width=2)
    pen.rectangle((375, 430, 425, 480), fill="#5b3a24")


def _png(image: Picture.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()

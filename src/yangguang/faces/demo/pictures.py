"""Draws portraits and houses for a sample of families: plainly drawings, marked as made."""

from datetime import datetime
from io import BytesIO
from random import Random

from PIL import Image as Picture
from PIL import ImageDraw

from yangguang.aid.index.queries import Filter, page
from yangguang.families.registry.actions.photos import add_photo
from yangguang.families.registry.queries.page import members
from yangguang.families.registry.types import PhotoKind
from yangguang.foundation.walls.context import Actor

SAMPLE = 60
_SKIES = ("#dbe9f4", "#f6ead7", "#e3efe0", "#efe3ee")
_COATS = ("#0b4f8a", "#7a2503", "#1d6b45", "#4a5565")
_WALLS = ("#e9dcc7", "#cfcfc9", "#d9b48f")


def draw(*, seed: int, by: Actor, at: datetime) -> None:
    """Give the families at the head of the demonstration's county a portrait and a house."""
    rng = Random(f"pictures {seed}")
    for row in page("370112", Filter(), limit=SAMPLE).rows:
        head = members(row.household_id, at.date())[0].person_id
        for kind, data, person in (
            (PhotoKind.PORTRAIT, _portrait(rng), head),
            (PhotoKind.HOUSE, _house(rng), None),
        ):
            add_photo(
                row.household_id, data=data, kind=kind, person_id=person, caption="示例图画",
                is_made=True, by=by, at=at,
            )  # fmt: skip


def _bytes(image: Picture.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _portrait(rng: Random) -> bytes:
    image = Picture.new("RGB", (480, 600), rng.choice(_SKIES))
    pen = ImageDraw.Draw(image)
    pen.ellipse((60, 380, 420, 800), fill=rng.choice(_COATS))
    pen.ellipse((140, 130, 340, 390), fill="#f0d2b6")
    pen.pieslice((125, 95, 355, 350), 180, 360, fill=rng.choice(("#2b2b2b", "#8a8a8a", "#d8d8d8")))
    for x in (200, 280):
        pen.ellipse((x - 8, 250, x + 8, 266), fill="#1d2430")
    pen.arc((200, 280, 280, 340), 20, 160, fill="#8a3b2a", width=5)
    return _bytes(image)


def _house(rng: Random) -> bytes:
    image = Picture.new("RGB", (800, 600), rng.choice(_SKIES))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 470, 800, 600), fill="#b9c39a")
    pen.rectangle((160, 260, 640, 480), fill=rng.choice(_WALLS), outline="#4a5565", width=3)
    pen.polygon(((120, 265), (400, 120), (680, 265)), fill=rng.choice(("#8a4b32", "#5a5f66")))
    pen.rectangle((360, 340, 440, 480), fill="#5b3a24")
    for x in (220, 510):
        pen.rectangle((x, 320, x + 80, 400), fill="#bcd4e6", outline="#4a5565", width=3)
    if rng.random() < 0.4:
        pen.line((600, 270, 560, 350, 590, 420), fill="#4a5565", width=4)
    return _bytes(image)

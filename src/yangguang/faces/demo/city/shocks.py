"""What struck families in two years: a summer flood in some valleys, illness, accidents."""

from datetime import date, timedelta
from random import Random
from typing import Final

from yangguang.faces.demo.city.chance import between, fen
from yangguang.faces.demo.city.types import Event, Home
from yangguang.families.registry.types import DwellingGrade, Illness, Marital, ShockKind, Tenure

# 示例: townships in the southern hills where a flood of the demonstration ran.
_VALLEYS: Final = ("370112018", "370112019", "370112021", "370113", "370114")


def flood_of(on: date) -> date:
    """Give the day of the last summer's flood: 20 July of this year, or of last year before it."""
    this = date(on.year, 7, 20)
    return this if this <= on else date(on.year - 1, 7, 20)


def is_flooded(rng: Random, code: str) -> bool:
    """Draw whether a village lay in the water's way."""
    share = 0.3 if code.startswith(_VALLEYS[:3]) else 0.06 if code.startswith(_VALLEYS) else 0.0
    return rng.random() < share


def strike(rng: Random, home: Home, on: date, *, flooded: bool) -> None:
    """Draw sudden events with their losses, in line with what else is known of the family."""
    if flooded and rng.random() < 0.4:
        _flood(rng, home, on)
    if any(s.illness is Illness.SEVERE for s in home.members) and rng.random() < 0.22:
        loss = fen(rng, 9_000, 0.8, 120_000, 100)
        home.shocks.append(
            Event(
                ShockKind.ILLNESS,
                _day(rng, on),
                loss,
                main_worker_died=False,
                detail="突发重病住院",
            )
        )
    luck = rng.random()
    if luck < 0.012:
        loss = fen(rng, 12_000, 0.9, 150_000, 100)
        detail = rng.choice(("交通事故", "摔伤", "火灾", "农机事故"))
        home.shocks.append(
            Event(ShockKind.ACCIDENT, _day(rng, on), loss, main_worker_died=False, detail=detail)
        )
    elif luck > 0.985 and home.head.marital is Marital.WIDOWED and home.head.age < 60:
        loss = between(rng, 3_000, 30_000, 500)
        home.shocks.append(
            Event(
                ShockKind.OTHER, _day(rng, on), loss, main_worker_died=True, detail="主要劳动力去世"
            )
        )


def _flood(rng: Random, home: Home, on: date) -> None:
    loss = fen(rng, 5_200, 0.9, 90_000, 100)
    home.shocks.append(
        Event(
            ShockKind.DISASTER,
            flood_of(on),
            loss,
            main_worker_died=False,
            detail="夏季洪涝，房屋进水、农作物受损",
        )
    )
    if loss > 1_600_000 and home.tenure is Tenure.OWNED:
        home.grade = DwellingGrade.D if rng.random() < 0.3 else DwellingGrade.C


def _day(rng: Random, on: date) -> date:
    """Draw a day of the last two years, later ones more often."""
    return on - timedelta(days=int(rng.triangular(3, 730, 120)))

"""Dwellings, addresses, and whether a family lives where its register is kept."""

from collections.abc import Sequence
from random import Random
from typing import Final

from yangguang.faces.demo.city.chance import Table, between
from yangguang.faces.demo.city.types import Home, Place
from yangguang.families.registry.types import DwellingGrade, RegisterType, Tenure

# 示例 shares by register type.
_TENURE: Final = {
    RegisterType.RURAL: Table(
        [(Tenure.OWNED, 91), (Tenure.BORROWED, 5), (Tenure.RENTED, 2.5), (Tenure.NONE, 1.5)]
    ),
    RegisterType.URBAN: Table(
        [
            (Tenure.OWNED, 58),
            (Tenure.PUBLIC, 13),
            (Tenure.RENTED, 19),
            (Tenure.BORROWED, 7),
            (Tenure.NONE, 3),
        ]
    ),
}
_GRADE: Final = {
    RegisterType.RURAL: Table(
        [
            (DwellingGrade.A, 42),
            (DwellingGrade.B, 47),
            (DwellingGrade.C, 8.6),
            (DwellingGrade.D, 2.4),
        ]
    ),
    RegisterType.URBAN: Table(
        [
            (DwellingGrade.A, 60),
            (DwellingGrade.B, 35),
            (DwellingGrade.C, 4.4),
            (DwellingGrade.D, 0.6),
        ]
    ),
}
_BANKS: Final = ("示例农商银行", "示例邮政储蓄银行", "示例城市商业银行")
_LIVESTOCK: Final = ("鸡", "羊", "猪", "鸭")


def house(rng: Random, home: Home, places: Sequence[Place]) -> None:
    """Draw the dwelling and write the addresses."""
    kind = home.register_type
    home.tenure = _TENURE[kind].draw(rng)
    if home.tenure is not Tenure.NONE:
        home.grade = _GRADE[kind].draw(rng)
        _size(rng, home)
    home.utilities_fen = between(rng, 20, 95, 1) + 800 * len(home.members)
    home.phone_fen = between(rng, 0, 60, 1)
    if kind is RegisterType.RURAL and rng.random() < 0.22:
        home.livestock = f"{rng.choice(_LIVESTOCK)}{rng.randint(2, 20)}只"
    home.bank = rng.choice(_BANKS)
    _address(rng, home)
    if rng.random() < 0.035:
        _live_apart(rng, home, places)


def _size(rng: Random, home: Home) -> None:
    rural = home.place.is_village
    low, high = (36, 118) if rural else (24, 74)
    home.floor_area = round(rng.triangular(low, high, low * 1.6), 1)
    home.rooms = max(1, int(home.floor_area / (24 if rural else 19)))


def _address(rng: Random, home: Home) -> None:
    place, number = home.place, rng.randint(1, 420)
    name = short(place.name)
    if place.is_village:
        home.group = f"{rng.randint(1, 8)}组"
        home.address = f"{place.county}{place.town}{name}{home.group}{number}号"
    else:
        building = f"{rng.randint(1, 30)}号楼{rng.randint(1, 4)}单元"
        home.address = f"{place.county}{place.town}{name}{building}{rng.randint(101, 604)}室"


def _live_apart(rng: Random, home: Home, places: Sequence[Place]) -> None:
    """Let the register be kept elsewhere in the city (人户分离)."""
    other = places[rng.randrange(len(places))]
    if other.code != home.place.code:
        home.register_area = other.code
        home.register_address = f"{other.county}{other.town}{short(other.name)}"


def short(name: str) -> str:
    """Give a village's name as people say it, without its committee."""
    for tail in ("村民委员会", "社区居民委员会", "社区居委会", "居民委员会", "村委会", "居委会"):
        if name.endswith(tail) and len(name) > len(tail):
            kept = name.removesuffix(tail)
            return kept + "社区" if tail.startswith("社区") else kept
    return name

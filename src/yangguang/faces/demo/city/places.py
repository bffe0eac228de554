"""Where the families live: the area of 2011, and how many of them in each village."""

from collections.abc import Sequence
from math import exp
from random import Random
from typing import Final

from yangguang.faces.demo.city.chance import apportion, spread
from yangguang.faces.demo.city.types import Place

HOUSEHOLDS: Final = 84_498
PERSONS: Final = 155_388
CENTRES, STATIONS, POINTS = 11, 133, 2_061
# 莱芜 and 钢城 joined Jinan in 2019.
JOINED_LATER: Final = ("370116", "370117")
# The demonstration's people work here, in the hills south of the city.
VILLAGE: Final = "370112018201"
TOWN: Final = "370112018000"
COUNTY: Final = "370112000000"
CITY: Final = "370100000000"
RURAL_SHARE: Final = 0.75
_AT_LEAST: Final = 30
# 示例: one- and two-person households prevail; the mean is set to the founding day's 1.839.
_SIZES: Final = ((1, 0.475), (2, 0.325), (3, 0.115), (4, 0.058), (5, 0.021), (6, 0.006))


def persons_of(households: int) -> int:
    """Give how many persons so many households have, at the founding day's mean."""
    return max(households, round(households * PERSONS / HOUSEHOLDS))


def sizes(households: int, rng: Random) -> list[int]:
    """Give household sizes in random order whose sum is exact; none below one."""
    counts = apportion(households, [share for _, share in _SIZES])
    missing = persons_of(households) - sum(
        size * count for (size, _), count in zip(_SIZES, counts, strict=True)
    )
    moved = min(max(missing, -counts[1]), counts[0])
    counts[0] -= moved
    counts[1] += moved
    made = [size for (size, _), count in zip(_SIZES, counts, strict=True) for _ in range(count)]
    _settle(made, persons_of(households))
    rng.shuffle(made)
    return made


def _settle(made: list[int], persons: int) -> None:
    """Take up by ones what a very small city leaves open."""
    missing, at = persons - sum(made), 0
    while missing:
        step = 1 if missing > 0 else -1
        if made[at] + step >= 1:
            made[at] += step
            missing -= step
        at = (at + 1) % len(made)


def settle(places: Sequence[Place], households: int, rng: Random) -> list[int]:
    """Give how many households live in each place; three quarters in villages.

    The village of the demonstration has enough of them to be worth a visit, however small the city.
    """
    weights = [exp(0.55 * rng.gauss(0.0, 1.0)) for _ in places]
    kept = min(_AT_LEAST, households // 20)
    rural = round(households * RURAL_SHARE) - kept
    counts = [0] * len(places)
    for in_villages, total in ((True, rural), (False, households - kept - rural)):
        chosen = [i for i, place in enumerate(places) if place.is_village is in_villages]
        for i, count in zip(chosen, spread(total, [weights[i] for i in chosen], rng), strict=True):
            counts[i] = count
    for i, place in enumerate(places):
        if place.code == VILLAGE:
            counts[i] += kept
    return counts

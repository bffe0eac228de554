"""Counts for trees and tiles: read from counters, never counted over families."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from yangguang.aid.index.models import Counter
from yangguang.aid.index.rules.flags import FlagName
from yangguang.aid.index.types import Band, CounterKind

_BANDS = list(Band)


@dataclass(frozen=True, slots=True)
class Board:
    """How many households and persons an area has, by band and by flag."""

    households: int
    people: int
    bands: dict[Band, int]
    flags: dict[FlagName, int]


def board(scope: str) -> Board:
    """Give the counts of an area; `scope` a prefix of 4, 6, 9 or 12 digits. One query."""
    rows = Counter.objects.filter(
        area_code=scope, kind__in=[CounterKind.BAND, CounterKind.FLAG]
    ).values_list("kind", "value", "households", "people")
    return board_from(rows)


def board_from(rows: Iterable[Sequence[Any]]) -> Board:
    """Sum an area's counters: (kind, value, households, persons) each."""
    bands = dict.fromkeys(_BANDS, 0)
    flags = dict.fromkeys(FlagName, 0)
    households = people = 0
    for kind, value, count, heads in rows:
        if kind == CounterKind.BAND:
            bands[_BANDS[value - 1]] = count
            households, people = households + count, people + heads
        else:
            flags[next(flag for flag in FlagName if flag.bit == value)] = count
    return Board(households, people, bands, flags)


def sizes(scopes: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Give (households, persons) of several areas by prefix; none, no key. One query."""
    found: dict[str, tuple[int, int]] = {}
    rows = Counter.objects.filter(area_code__in=scopes, kind=CounterKind.BAND)
    for code, count, heads in rows.values_list("area_code", "households", "people"):
        before = found.get(code, (0, 0))
        found[code] = (before[0] + count, before[1] + heads)
    return {code: pair for code, pair in found.items() if pair[0]}

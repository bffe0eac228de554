"""Which looks of a week ask for an explanation. A finding is a question, never a verdict."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from yangguang.families.registry.types import Oddity
from yangguang.foundation.kernel.masks import surname_of

NIGHT_FILES: Final = 20
"""Files opened by one person in the night hours of one day. Since 2026-11-24: an emergency is one
family or a few; twenty is somebody copying a list. No regulation sets it."""

KIN_DAYS: Final = 2
"""Days of a week on which one person opens a family of the own surname without any work on it.
Since 2026-11-24: once may be chance, a second day is interest. No regulation sets it."""

IDLE_DAYS: Final = 3
"""The same for any family. Since 2026-11-24: work that is waited for is looked at twice; a third
day without an act is what an acquaintance asks for (熟人查询). No regulation sets it."""

REVEALS_A_DAY: Final = 20
"""Masked values shown to one person on one day. Since 2026-11-24: the households that a township
visits in a day are fewer than ten, with two values each. No regulation sets it."""


class Reader(NamedTuple):
    """Who looked, as the row kept it."""

    id: int
    name: str
    role: str


class Looked(NamedTuple):
    """One row: a reader's looks at a family on a day; `surname` is that of the family's head."""

    reader: Reader
    household_id: int
    surname: str
    on: date
    night_count: int


class Shown(NamedTuple):
    """How many masked values were shown to a reader on a day."""

    reader: Reader
    on: date
    times: int


@dataclass(frozen=True, slots=True, order=True)
class Odd:
    """Something to ask a reader about: `count` files, days or values, on or up to a day.

    `household_id` is 0 where it is about many.
    """

    on: date
    oddity: Oddity
    reader: Reader
    count: int
    household_id: int = 0


def odd_looks(
    looks: Collection[Looked], shown: Iterable[Shown], *, acted: Collection[tuple[int, int]]
) -> list[Odd]:
    """Give what asks for an explanation, the latest first.

    `acted` are the pairs (reader, household) where the reader has also done something for the
    family, from the week's first day on: those looks explain themselves.
    """
    found = [*_by_night(looks), *_again(looks, set(acted)), *_shown(shown)]
    return sorted(found, reverse=True)


def _by_night(looks: Iterable[Looked]) -> Iterator[Odd]:
    files: dict[tuple[Reader, date], set[int]] = defaultdict(set)
    for one in looks:
        if one.night_count:
            files[one.reader, one.on].add(one.household_id)
    for (reader, on), households in files.items():
        if len(households) >= NIGHT_FILES:
            yield Odd(on, Oddity.NIGHT, reader, len(households))


def _again(looks: Iterable[Looked], acted: Collection[tuple[int, int]]) -> Iterator[Odd]:
    days: dict[tuple[Reader, int, str], set[date]] = defaultdict(set)
    for one in looks:
        if (one.reader.id, one.household_id) not in acted:
            days[one.reader, one.household_id, one.surname].add(one.on)
    for (reader, household, surname), on in days.items():
        is_kin = bool(surname) and surname == surname_of(reader.name)
        if len(on) >= (KIN_DAYS if is_kin else IDLE_DAYS):
            oddity = Oddity.KIN if is_kin else Oddity.IDLE
            yield Odd(max(on), oddity, reader, len(on), household)


def _shown(shown: Iterable[Shown]) -> Iterator[Odd]:
    for one in shown:
        if one.times >= REVEALS_A_DAY:
            yield Odd(one.on, Oddity.REVEALS, one.reader, one.times)

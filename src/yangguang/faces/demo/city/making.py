"""The whole made city, household by household, the same for the same seed, day and size."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from random import Random

from yangguang.faces.demo.city import names, numbers, places
from yangguang.faces.demo.city.aid import help_past_year
from yangguang.faces.demo.city.families import family
from yangguang.faces.demo.city.health import ail, disable
from yangguang.faces.demo.city.homes import house
from yangguang.faces.demo.city.means import lone_parent, provide
from yangguang.faces.demo.city.shocks import is_flooded, strike
from yangguang.faces.demo.city.standing import recognise
from yangguang.faces.demo.city.types import Home, Place, Soul
from yangguang.faces.demo.city.work import occupy
from yangguang.families.registry.rules.pinyin import spell
from yangguang.families.registry.types import Marital, RegisterType, Relation, Sex
from yangguang.foundation.kernel.periods import age_on

_DAYS = 365.2425


@dataclass(frozen=True, slots=True)
class Rates:
    """The month standards of an area and register type, fen a person: 低保, 特困, children."""

    low_income: int
    support: int
    child: int


# By county (6 digits) and register type.
type RatesBy = Mapping[tuple[str, RegisterType], Rates]


@dataclass(frozen=True, slots=True)
class Share:
    """One county's part of the city: how many live in each place, and in what sizes.

    `made` households and `people` persons come before it, so that shares can be made apart.
    """

    counts: tuple[tuple[Place, int], ...]
    sizes: tuple[int, ...]
    made: int
    people: int


def shares(within: Sequence[Place], *, seed: int, households: int) -> list[Share]:
    """Cut the city by county; the shares together have every household of the city."""
    rng = Random(f"yangguang {seed}")
    counts = places.settle(within, households, rng)
    sizes = iter(places.sizes(households, rng))
    parts: list[Share] = []
    made = people = 0
    settled = zip(within, counts, strict=True)
    for _, some in groupby(settled, key=lambda pair: pair[0].code[:6]):
        own = tuple(pair for pair in some if pair[1])
        share = Share(own, tuple(islice(sizes, sum(n for _, n in own))), made, people)
        parts.append(share)
        made, people = made + len(share.sizes), people + sum(share.sizes)
    return parts


def homes_of(
    share: Share, within: Sequence[Place], rates: RatesBy, *, seed: int, on: date
) -> Iterator[Home]:
    """Make the households of one county in the order of their numbers.

    Each village has its own chance, drawn from the seed and its code. `within` are all places of
    the city: some families have their register in another.
    """
    maker = _Maker(within, rates, on, share.made)
    sizes = iter(share.sizes)
    for place, count in share.counts:
        own = Random(f"{seed} {place.code}")
        flooded = is_flooded(own, place.code)
        for serial in range(1, count + 1):
            yield maker.home(own, place, serial, next(sizes), flooded=flooded)


def city(
    within: Sequence[Place], rates: RatesBy, *, seed: int, on: date, households: int
) -> Iterator[Home]:
    """Make so many households in the given places, in the order of their numbers."""
    for share in shares(within, seed=seed, households=households):
        yield from homes_of(share, within, rates, seed=seed, on=on)


class _Maker:
    """Makes one household after the other and remembers which numbers are taken.

    Identity numbers hold the county, so counties made apart never give the same one.
    """

    def __init__(self, within: Sequence[Place], rates: RatesBy, on: date, made: int) -> None:
        self._places, self._rates, self._on, self._made = within, rates, on, made
        self._numbers = numbers.Numbers()

    def home(self, rng: Random, place: Place, serial: int, size: int, *, flooded: bool) -> Home:
        """Make one household: who, how well, what they do, what they have, what befell them."""
        self._made += 1
        register = _register(rng, place)
        rates = self._rates[place.code[:6], register]
        home = Home(
            number=f"{place.code}{serial:05d}",
            place=place,
            register_type=register,
            members=family(rng, size),
            standard_fen=rates.low_income,
        )
        self._people(rng, home)
        house(rng, home, self._places)
        provide(rng, home)
        strike(rng, home, self._on, flooded=flooded)
        home.single_parent = lone_parent(home)
        home.only_child_lost = _lost_only_child(rng, home)
        home.cadre_relative = rng.random() < 0.008
        home.phone = numbers.phone(self._made)
        home.account_number = numbers.card(self._made)
        recognise(rng, home, self._on, support_fen=rates.support, child_fen=rates.child)
        help_past_year(rng, home, self._on)
        return home

    def _people(self, rng: Random, home: Home) -> None:
        ethnic, usual = names.ethnicity(rng)
        home.surname = usual if usual and rng.random() < 0.6 else names.surname(rng)
        for soul in home.members:
            soul.ethnic = ethnic
            _be_born(rng, soul, self._on)
            _call(rng, soul, home)
            ail(rng, soul)
            if _is_kept_home(soul) and soul.disability_kind is None and rng.random() < 0.72:
                disable(rng, soul)
            occupy(rng, soul, home.place.county)
            county = home.place.code[:6]
            soul.number = self._numbers.identity(county, soul.born, soul.sex)


def _register(rng: Random, place: Place) -> RegisterType:
    rural = rng.random() < (0.97 if place.is_village else 0.08)
    return RegisterType.RURAL if rural else RegisterType.URBAN


def _be_born(rng: Random, soul: Soul, on: date) -> None:
    """Draw a birthday that makes the person about that old, and settle the age by it."""
    days = int((soul.age + 0.02 + 0.96 * rng.random()) * _DAYS)
    soul.born = date.fromordinal(on.toordinal() - days)
    soul.age = age_on(soul.born, on)


def _call(rng: Random, soul: Soul, home: Home) -> None:
    """Name a person: wives and mothers keep their own surname, children carry the father's."""
    soul.surname = home.surname
    if soul.sex is Sex.FEMALE and _is_of_another_line(soul):
        soul.surname = names.surname(rng)
    elif soul.relation is Relation.PARENT:
        soul.surname = home.head.surname
    soul.name = soul.surname + names.given(rng, soul.sex, soul.born.year)
    soul.pinyin, soul.initials = spell(soul.name)


def _is_of_another_line(soul: Soul) -> bool:
    head = soul.relation is Relation.HEAD and soul.marital is not Marital.SINGLE
    return head or soul.relation in (Relation.SPOUSE, Relation.PARENT, Relation.CHILD_IN_LAW)


def _is_kept_home(soul: Soul) -> bool:
    """Tell a grown single child in the house: on this register mostly one who cannot live alone."""
    return soul.relation in (Relation.CHILD, Relation.SIBLING) and soul.age >= 25


def _lost_only_child(rng: Random, home: Home) -> bool:
    """Draw the families whose only child has died or is disabled (独生子女死亡或伤残)."""
    children = [soul for soul in home.members if soul.relation is Relation.CHILD]
    if len(children) == 1 and (children[0].disability_grade or 5) <= 3:
        return rng.random() < 0.6
    childless = not children and not home.relatives and 49 <= home.head.age < 80
    return childless and home.head.marital is not Marital.SINGLE and rng.random() < 0.05

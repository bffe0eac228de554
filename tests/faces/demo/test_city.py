"""The made city: exact in its counts, the same for the same seed, and never somebody real."""

import csv
import hashlib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import yangguang
from yangguang.faces.demo.city import places
from yangguang.faces.demo.city.making import Rates, city
from yangguang.faces.demo.city.types import Home, Place
from yangguang.families.registry.types import Category, Marital, RegisterType, Relation, Student
from yangguang.foundation.kernel.identity import parse_number
from yangguang.foundation.kernel.masks import luhn_ok

ON = date(2026, 11, 24)
AREAS = Path(yangguang.__file__).parent / "policies" / "areas" / "jinan-2023.csv"


def within() -> list[Place]:
    with AREAS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = {row["code"]: row["name"] for row in rows}
    return [
        Place(r["code"], r["name"], names[r["code"][:9] + "000"], names[r["code"][:6] + "000000"])
        for r in rows
        if r["level"] == "5" and not r["code"].startswith(places.JOINED_LATER)
    ]


def make(households: int, seed: int = 2011) -> list[Home]:
    towns = within()
    rates = {(p.code[:6], t): Rates(100_000, 150_000, 186_500) for p in towns for t in RegisterType}
    return list(city(towns, rates, seed=seed, on=ON, households=households))


def digest(homes: list[Home]) -> str:
    return hashlib.sha256(repr(homes).encode()).hexdigest()


@pytest.fixture(scope="module")
def homes() -> list[Home]:
    return make(2000)


@pytest.mark.slow
def test_the_same_seed_makes_the_same_city_and_another_seed_another() -> None:
    assert digest(make(300)) == digest(make(300))
    assert digest(make(300)) != digest(make(300, seed=2012))


@pytest.mark.slow
@pytest.mark.requirement(5)
def test_the_city_has_the_households_and_persons_of_the_founding_day() -> None:
    homes = make(places.HOUSEHOLDS)
    souls = [soul for home in homes for soul in home.members]
    assert (len(homes), len(souls)) == (84_498, 155_388)
    assert len({soul.number for soul in souls}) == len(souls)
    assert len({home.account_number for home in homes}) == len(homes)


def test_it_spreads_over_the_eleven_units_of_2011(homes: list[Home]) -> None:
    counties = {home.place.code[:6] for home in homes}
    assert len(counties) == 11
    assert counties.isdisjoint(places.JOINED_LATER)
    assert Counter(home.place.code for home in homes)[places.VILLAGE] >= 30


def test_every_number_is_valid_and_was_never_issued(homes: list[Home]) -> None:
    for home in homes:
        assert luhn_ok(home.account_number)
        assert home.account_number.startswith("999900")
        for soul in home.members:
            read = parse_number(soul.number)
            assert (read.born, read.sex, soul.number[:2]) == (soul.born, soul.sex.value, "79")


def test_each_family_fits_together(homes: list[Home]) -> None:
    for home in homes:
        head, *rest = home.members
        assert head.relation is Relation.HEAD
        assert all(soul.relation is not Relation.HEAD for soul in rest)
        for soul in rest:
            if soul.relation is Relation.SPOUSE:
                assert abs(head.age - soul.age) <= 8
                assert soul.sex is not head.sex
                assert head.marital is soul.marital is Marital.MARRIED
            if soul.relation is Relation.CHILD:
                assert head.age - soul.age >= 15
            if soul.relation is Relation.PARENT:
                assert soul.age - head.age >= 15


def test_pupils_have_the_age_of_their_school(homes: list[Home]) -> None:
    ages = {Student.PRESCHOOL: (3, 5), Student.COMPULSORY: (6, 15), Student.UPPER: (16, 22)}
    for soul in (soul for home in homes for soul in home.members if soul.student):
        low, high = ages[soul.student]
        assert low <= soul.age <= high
        assert not soul.employed


def test_low_income_families_are_paid_at_most_their_gap(
    homes: list[Home],
) -> None:
    for home in (home for home in homes if home.category is Category.DIBAO):
        line = home.standard_fen * len(home.members)
        assert home.income_fen / 12 < line
        assert home.monthly_fen <= max(5_000, line - home.income_fen // 12)

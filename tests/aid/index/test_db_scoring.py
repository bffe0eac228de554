"""What is stored equals the plain rules, whichever road it came by, and a payment lowers it."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.aid.index.households import ON, entries, household, member
from tests.aid.index.registered import AT, CITY, open_aid, pay, storable, store, undone
from yangguang.aid.index.actions import catch_up, score_area
from yangguang.aid.index.actions.catching import MANY
from yangguang.aid.index.models import Run, Score
from yangguang.aid.index.queries import (
    Filter,
    explanation_of,
    facts_of,
    page,
    preview,
    what_if_of,
    with_aid,
)
from yangguang.aid.index.queries.model import model_for, rulebook
from yangguang.aid.index.rules.flags import Flag
from yangguang.aid.index.rules.household import stand
from yangguang.aid.index.types import Entry, Household, Standing
from yangguang.families.registry import models as registry
from yangguang.foundation.audit.models import Record
from yangguang.foundation.catalogue.types import AidType

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("city")]

OF_LIVING = Filter(type=AidType.LIVING)


def as_read(entry: Entry, village: str) -> Entry:
    """Give the entry with what the catalogue, not the family, decides."""
    book = rulebook(village, ON)
    facts = msgspec.structs.replace(
        entry.household, standard=book.standard(village, "urban", ON), area_line=book.small
    )
    return msgspec.structs.replace(entry, household=facts)


def stored(household_id: int) -> dict[str, Any]:
    row = Score.objects.get(pk=household_id)
    return {
        "points": row.points, "deprived": row.deprived, "e": row.extent, "h": row.hardship,
        "v": row.received, "b": row.need, "a": row.assistance, "left": row.left,
        "band": row.band, "last": row.last_payment_date, "fen": row.last_payment_fen,
        "key": row.order_key,
        "missed": bool(row.flags & Flag.MISSED), "overlap": bool(row.flags & Flag.OVERLAP),
        "types": dict(zip(AidType.codes(), row.types, strict=True)), "members": row.members,
    }  # fmt: skip


def paid_on(day: date | None, household: Household) -> int:
    alive = [aid for aid in household.aid if not aid.failed]
    return sum(round(yuan * 100) for aid in alive for on, yuan in aid.payments if on == day)


def expected(entry: Entry, standing: Standing) -> dict[str, Any]:
    score = standing.score
    return {
        "points": list(score.points.values()), "deprived": score.deprived, "e": standing.e,
        "h": score.h, "v": score.v, "b": score.b, "a": score.a, "left": standing.left,
        "band": standing.band, "last": standing.last_payment,
        "fen": paid_on(standing.last_payment, entry.household), "key": standing.order_key,
        "missed": standing.missed, "overlap": standing.overlap,
        "types": score.types,
        "members": len(entry.household.members),
    }  # fmt: skip


@pytest.mark.requirement(42)
@given(made=st.lists(entries(), min_size=1, max_size=4))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_one_by_one_and_as_a_city_the_stored_score_is_the_plain_score(
    places: list[str], made: list[Entry]
) -> None:
    kept = [storable(entry) for entry in made]
    with undone():
        ids = [store(entry, places[at]).pk for at, entry in enumerate(kept)]
        assert catch_up(on=ON, at=AT) == len(ids)
        wanted = []
        for at, (entry, key) in enumerate(zip(kept, ids, strict=True)):
            whole = as_read(entry, places[at])
            assert without_aid(facts_of(key, ON)) == without_aid(whole.household)
            wanted.append(expected(whole, stand(whole, ON, model_for(places[at], ON))))
        assert [stored(key) for key in ids] == wanted
        Score.objects.filter(pk__in=ids).delete()
        score_area("3701", on=ON, by=CITY, at=AT)
        assert [stored(key) for key in ids] == wanted


def without_aid(facts: Household | None) -> Household:
    """Leave out the aid: payments too old to count are not read at all."""
    assert facts is not None
    return msgspec.structs.replace(facts, aid=())


def a_family(village: str, **changes: Any) -> registry.Household:
    return store(storable(Entry(household(**changes), 0, None, ())), village)


def index_of(family: registry.Household) -> float:
    return Score.objects.get(pk=family.pk).assistance


@pytest.mark.requirement(55)
def test_a_payment_lowers_the_index_by_exactly_what_the_model_says(places: list[str]) -> None:
    family = a_family(places[0], income=3600.0)
    catch_up(on=ON, at=AT)
    foreseen = what_if_of(
        family.pk, ON, aid=with_aid(facts(family), ON, type=AidType.LIVING, yuan=500.0)
    )
    before = index_of(family)
    pay(open_aid(family), 50_000)
    assert catch_up(on=ON, at=AT) == 1
    assert foreseen is not None
    assert index_of(family) == foreseen.after.a < before == foreseen.before.a


def facts(family: registry.Household) -> Any:
    found = facts_of(family.pk, ON)
    assert found is not None
    return found


CHANGES = {
    "an income": lambda f: registry.Income.objects.filter(household=f).update(verified_fen=9_000),
    "a spending": lambda f: registry.Spending.objects.filter(household=f).update(amount_fen=9e6),
    "the home": lambda f: registry.Dwelling.objects.filter(household=f).update(grade="D"),
    "the property": lambda f: registry.Circumstances.objects.filter(household=f).update(
        property_status="over"
    ),
    "an illness": lambda f: registry.PersonFacts.objects.filter(
        person__memberships__household=f
    ).update(illness="severe"),
    "a birth date": lambda f: registry.Person.objects.filter(memberships__household=f).update(
        born_date="1940-01-01"
    ),
    "who is counted": lambda f: registry.Membership.objects.filter(
        household=f, relation="other_relation"
    ).update(is_counted=False),
    "a shock": lambda f: registry.Shock.objects.create(
        household=f, area_code=f.area_id, source="made", as_of_date=ON, kind="disaster",
        on_date=ON, loss_fen=5_000_000,
    ),
    "a promise": lambda f: open_aid(f).__class__.objects.filter(household=f).update(
        promised_fen=300_000
    ),
}  # fmt: skip


@pytest.mark.requirement(42)
@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_scored_before_the_commit(places: list[str], change: str) -> None:
    family = store(
        storable(
            Entry(
                household(member(), member("1990-01-01", employed=True), income=30_000.0),
                0, None, (),
            )
        ),
        places[0],
    )  # fmt: skip
    catch_up(on=ON, at=AT)
    before = Score.objects.get(pk=family.pk)
    CHANGES[change](family)
    assert catch_up(on=ON, at=AT) == 1
    after = Score.objects.get(pk=family.pk)
    assert after.facts_version > before.facts_version
    assert (after.assistance, after.order_key) != (before.assistance, before.order_key)
    explained = explanation_of(family.pk, ON)
    assert explained is not None
    assert catch_up(on=ON, at=AT) == 0


def test_a_family_that_left_the_register_leaves_the_ranking(places: list[str]) -> None:
    family = a_family(places[0])
    catch_up(on=ON, at=AT)
    registry.Household.objects.filter(pk=family.pk).update(closed_date=ON)
    catch_up(on=ON, at=AT)
    assert not Score.objects.filter(pk=family.pk).exists()


def test_a_family_that_moves_takes_its_index_along(places: list[str]) -> None:
    family = a_family(places[0])
    catch_up(on=ON, at=AT)
    registry.Household.objects.filter(pk=family.pk).update(area_id=places[3])
    catch_up(on=ON, at=AT)
    assert Score.objects.get(pk=family.pk).county_code == places[3][:6]
    assert [row.household_id for row in page(places[3], OF_LIVING).rows] == [family.pk]
    assert not page(places[0], OF_LIVING).rows


def test_a_large_change_is_scored_as_columns_and_gives_the_same(places: list[str]) -> None:
    families = [a_family(places[0], income=100.0 * n) for n in range(MANY + 5)]
    assert catch_up(on=ON, at=AT) == len(families)
    many = {row.pk: row.order_key for row in Score.objects.all()}
    for family in families[:3]:
        registry.Income.objects.filter(household=family, kind="wages").update(declared_fen=1)
    assert catch_up(on=ON, at=AT) == 3
    assert {row.pk: row.order_key for row in Score.objects.all()} == many


@pytest.mark.requirement(42)
def test_a_night_writes_only_what_has_faded_and_leaves_a_trail(places: list[str]) -> None:
    faded, still = a_family(places[0]), a_family(places[1])
    pay(open_aid(faded), 50_000)
    score_area("3701", on=ON, by=CITY, at=AT)
    before = index_of(faded)
    run = score_area("3701", on=ON + timedelta(days=1), by=CITY, at=AT)
    assert index_of(faded) > before
    assert Score.objects.get(pk=faded.pk).on_date == ON + timedelta(days=1)
    assert Score.objects.get(pk=still.pk).on_date == ON
    assert run == Run.objects.latest("pk")
    assert run.households == 2
    assert Record.objects.filter(verb="index.score_area", object_key=str(run.pk)).count() == 1


@pytest.mark.requirement(56)
def test_two_households_at_one_address_are_shown_for_a_look(places: list[str]) -> None:
    first, second = a_family(places[0]), a_family(places[0])
    apart = a_family(places[1])
    registry.Household.objects.all().update(address="幸福路12号")
    score_area("3701", on=ON, by=CITY, at=AT)
    flags = {row.pk: bool(row.flags & Flag.SPLIT) for row in Score.objects.all()}
    assert flags == {first.pk: True, second.pk: True, apart.pk: False}


@pytest.mark.requirement(57)
def test_who_has_nothing_and_got_nothing_is_shown_for_a_look(places: list[str]) -> None:
    family = a_family(places[0])
    catch_up(on=ON, at=AT)
    assert Score.objects.get(pk=family.pk).flags & Flag.MISSED
    pay(open_aid(family), 50_000)
    catch_up(on=ON, at=AT)
    assert not Score.objects.get(pk=family.pk).flags & Flag.MISSED


def test_facts_older_than_the_review_cycle_are_marked_for_review(places: list[str]) -> None:
    family = a_family(places[0])
    registry.Circumstances.objects.filter(household=family).update(reviewed_date="2020-01-01")
    catch_up(on=ON, at=AT)
    assert Score.objects.get(pk=family.pk).flags & Flag.REVIEW


def test_trying_the_model_in_force_moves_nobody(places: list[str]) -> None:
    for n in range(3):
        a_family(places[n], income=1000.0 * n)
    found = preview(model_for(places[0], ON), scope="3701", on=ON, cut=2)
    assert (found.households, found.risen, found.fallen, found.entering) == (3, 0, 0, 0)

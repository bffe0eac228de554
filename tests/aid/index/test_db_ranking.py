"""The order of families: every page of it once, the ranks exact, the counts those of the rows."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.aid.index.households import ON, household
from tests.aid.index.registered import (
    AT,
    CITY,
    counted_by_hand,
    open_aid,
    pay,
    ranks_by_sorting,
    storable,
    store,
    undone,
)
from yangguang.aid.index.actions import catch_up
from yangguang.aid.index.models import Counter, Score
from yangguang.aid.index.queries import Filter, board, page, rank_of, ranking_for_plan, sizes
from yangguang.aid.index.queries.pages import _by_index, _by_type
from yangguang.aid.index.rules.stored import edge_key, type_key
from yangguang.aid.index.types import Band, Entry
from yangguang.aid.ledger.models import Entry as LedgerEntry
from yangguang.families.registry import models as registry
from yangguang.foundation.catalogue.types import AidType
from yangguang.foundation.walls.context import Actor, enter

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("city")]


@pytest.fixture
def town(places: list[str]) -> list[registry.Household]:
    """Rank 24 families over five villages; every third has the same facts as the one before."""
    made = [
        store(
            storable(Entry(household(income=900.0 * (n - n % 3)), 0, None, ())),
            places[n % len(places)],
        )
        for n in range(24)
    ]
    catch_up(on=ON, at=AT)
    return made


def ranks(household_id: int) -> tuple[int, int, int, int]:
    found = rank_of(household_id)
    assert found is not None
    return found.village, found.town, found.county, found.city


@pytest.mark.requirement(45)
def test_the_four_ranks_are_those_of_a_plain_sort(town: list[registry.Household]) -> None:
    for family in town:
        assert ranks(family.pk) == ranks_by_sorting(family.pk)


@pytest.mark.requirement(55)
def test_after_a_payment_all_four_ranks_are_again_those_of_a_sort(
    town: list[registry.Household],
) -> None:
    first = town[0]
    before = ranks(first.pk)
    pay(open_aid(first), 800_000)
    catch_up(on=ON, at=AT)
    assert ranks(first.pk) > before
    for family in town:
        assert ranks(family.pk) == ranks_by_sorting(family.pk)


@pytest.mark.requirement(1)
def test_a_village_clerk_is_told_the_rank_in_the_city_and_sees_no_other_family(
    town: list[registry.Household], places: list[str]
) -> None:
    last = max(
        (family for family in town if family.area_id == places[0]),
        key=lambda family: ranks_by_sorting(family.pk)[3],
    )
    whole = ranks(last.pk)
    enter(Actor(id=1, name="协理员", role="village_clerk", scope=places[0]))
    assert ranks(last.pk) == whole
    assert set(Score.objects.values_list("area_code", flat=True)) == {places[0]}
    assert rank_of(next(f.pk for f in town if f.area_id == places[3])) is None


@pytest.mark.requirement(45)
@pytest.mark.parametrize("digits", [4, 6, 9, 12])
def test_paging_shows_every_family_once_in_order_at_every_level(
    town: list[registry.Household], places: list[str], digits: int
) -> None:
    scope = places[0][:digits]
    seen: list[str] = []
    ahead = page(scope, limit=3)
    assert ahead.earlier == ""
    assert ahead.first == 1
    while True:
        seen += [row.number for row in ahead.rows]
        if not ahead.later:
            break
        ahead = page(scope, after=ahead.later, limit=3)
        assert ahead.first == len(seen) + 1
    inside = [f for f in town if f.area_id.startswith(scope)]
    keys = dict(Score.objects.values_list("household__number", "order_key"))
    assert seen == sorted((f.number for f in inside), key=lambda number: keys[number])
    back = page(scope, before=keys[seen[-1]], limit=len(seen))
    assert [row.number for row in back.rows] == seen[:-1]


def test_equal_families_stand_in_the_order_of_their_numbers(
    town: list[registry.Household],
) -> None:
    rows = page("3701", limit=24).rows
    alike = [[r.number for r in rows if r.assistance == value] for value in {r[5] for r in rows}]
    assert any(len(group) > 1 for group in alike)
    assert all(group == sorted(group) for group in alike)


@pytest.mark.requirement(44)
@pytest.mark.requirement(46)
@pytest.mark.parametrize("digits", [4, 6, 9, 12])
def test_the_list_of_a_type_pages_by_its_own_order(
    town: list[registry.Household], places: list[str], digits: int
) -> None:
    scope, chosen = places[0][:digits], Filter(type=AidType.LIVING)
    wanted = [
        row[0]
        for row in Score.objects.filter(types__0__gt=0, area_code__startswith=scope)
        .order_by("-types__0", "order_key")
        .values_list("household__number")
    ]
    seen: list[str] = []
    ahead = page(scope, chosen, limit=2)
    while True:
        assert ahead.first == len(seen) + 1
        seen += [row.number for row in ahead.rows]
        if not ahead.later:
            break
        ahead = page(scope, chosen, after=ahead.later, limit=2)
    assert seen == wanted
    back = page(scope, chosen, before=ahead.rows[-1].order_key, limit=100)
    assert [row.number for row in back.rows] == seen[:-1]
    assert [one.number for one in ranking_for_plan(scope.ljust(12, "0"), "living")] == wanted


@pytest.mark.requirement(43)
def test_a_band_and_a_board_tell_the_same(town: list[registry.Household]) -> None:
    found = board("3701")
    assert (found.households, found.people) == (24, 24)
    for band in Band:
        assert len(page("3701", Filter(band=band)).rows) == found.bands[band]
    assert sizes(["3701", "370112", "3799"])["3701"] == (24, 24)


def a_crowd() -> None:
    """Store six thousand bare scores over four hundred villages, for the planner to think of."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE TEMP TABLE crowd ON COMMIT DROP AS
            SELECT -n AS id, v.code, lpad(n::text, 8, '0') AS key FROM generate_series(1, 6000) AS n
            JOIN (SELECT code, row_number() OVER (ORDER BY code DESC) AS place
                  FROM divisions_area WHERE level = 5 AND code >= '370112' LIMIT 400) v
              ON v.place = n % 400 + 1;
            INSERT INTO registry_household (id, number, area_code, register_area_code,
              register_type, address, register_address, group_name, phone_sealed, registered_at,
              closed_date, facts_version)
            SELECT id, 'C' || key, code, '', 'urban', '', '', '', '', now(), '2026-01-01', 1
            FROM crowd;
            INSERT INTO index_score (household_id, area_code, points, types, deprived, extent,
              hardship, received, need, assistance, "left", band, members, last_payment_fen,
              flags, order_key, model_version, facts_version, on_date)
            SELECT id, code, '{}', array_fill(key::float8, ARRAY[9]), 0, 0, 0, 0, 1, 0, 0, 5, 1, 0,
              0, key, '', 1, '2026-01-01'
            FROM crowd"""
        )


def planned(statement: str, values: dict[str, object]) -> str:
    """Give the plan by index; which one is cheaper on so few rows is not the question here."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute("EXPLAIN " + statement, values)
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.requirement(45)
@pytest.mark.parametrize(("digits", "name"), [(9, "town"), (6, "county"), (4, "city")])
def test_a_page_is_a_scan_of_its_level_s_index_without_a_sort(digits: int, name: str) -> None:
    a_crowd()
    code = Score.objects.values_list("area_code", flat=True)[0]
    statement, values = _by_index(code[:digits], Filter(), after="00000100", limit=101)
    plan = planned(statement, values)
    assert f"Index Scan using score_{name}" in plan
    assert "Sort" not in plan
    condition = plan.split("Index Cond")[1].split("\n")[0]
    assert "order_key" in condition


@pytest.mark.requirement(44)
@pytest.mark.parametrize("scope", ["370112", "3701"])
def test_a_page_of_a_type_is_a_scan_of_its_counties_indexes_from_the_key_on(scope: str) -> None:
    a_crowd()
    after = type_key(3000.0, edge_key(1.0))
    statement, values = _by_type(scope, Filter(), AidType.MEDICAL, after=after, limit=101)
    plan = planned(statement, values)
    scan = plan.split("Index Scan using score_medical")[1]
    condition = scan.split("Index Cond")[1].split("\n")[0]
    assert "county_code" in condition
    assert "types[2]" in condition
    assert "Presorted Key" in plan


def test_the_list_of_a_type_is_never_planned_for_any_values(
    town: list[registry.Household],
) -> None:
    for _ in range(8):
        assert page("3701", Filter(type=AidType.LIVING), limit=2).rows
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        prepared = [statement for (statement,) in cursor.fetchall()]
    assert not [one for one in prepared if "s.types[" in one and "$1" in one]


@given(
    steps=st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(["pay", "earn", "move", "close", "open"])),
        min_size=1,
        max_size=8,
    )
)
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_counters_are_what_counting_gives_after_whatever_happens(
    places: list[str], steps: list[tuple[int, str]]
) -> None:
    with undone():
        families = [
            store(storable(Entry(household(income=2000.0 * n), 0, None, ())), places[n % 5])
            for n in range(6)
        ]
        for at, step in steps:
            happen(families[at], step, places)
            catch_up(on=ON, at=AT)
        counted = {
            (row.area_code, row.kind, row.value): (row.households, row.people)
            for row in Counter.objects.exclude(households=0, people=0)
        }
        assert counted == counted_by_hand()
        for family in families:
            if Score.objects.filter(pk=family.pk).exists():
                assert ranks(family.pk) == ranks_by_sorting(family.pk)


def happen(family: registry.Household, step: str, places: list[str]) -> None:
    family.refresh_from_db()
    whole = registry.Household.objects.filter(pk=family.pk)
    if step == "pay":
        entry = LedgerEntry.objects.filter(household=family).first()
        pay(entry or open_aid(family), 70_000)
    elif step == "earn":
        registry.Income.objects.filter(household=family).update(verified_fen=1_500_000)
    elif step == "move":
        now = whole.get().area_id
        whole.update(area_id=places[(places.index(now) + 1) % len(places)])
    else:
        whole.update(closed_date=ON if step == "close" else None)


def test_no_page_names_a_disease(town: list[registry.Household]) -> None:
    registry.Circumstances.objects.all().update(causes=["cause_illness"])
    enter(CITY)
    row = page("3701").rows[0]
    assert [cause.label for cause in row.causes] == ["因病"]


def test_a_row_of_the_ranking_tells_what_was_paid_on_the_last_day(
    town: list[registry.Household],
) -> None:
    first = town[0]
    entry, other = open_aid(first), open_aid(first)
    for one, fen, days in ((entry, 70_000, 30), (entry, 30_000, 0), (other, 12_345, 0)):
        pay(one, fen, ON - timedelta(days=days))
    catch_up(on=ON, at=AT)
    row = next(row for row in page("3701").rows if row.household_id == first.pk)
    assert (row.last_payment, row.last_fen) == (ON, 42_345)

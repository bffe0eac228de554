"""Many writers at once, each on its own connection: no deadlock, no change lost, exact ranks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from tests.aid.index.households import ON, household, member
from tests.aid.index.registered import (
    AT,
    CITY,
    counted_by_hand,
    open_aid,
    pay,
    ranks_by_sorting,
    storable,
    store,
)
from tests.aid.lasting import committed
from yangguang.aid.index.actions import catch_up, score_area
from yangguang.aid.index.models import Counter, Score
from yangguang.aid.index.queries import explanation_of, rank_of
from yangguang.aid.index.types import Entry
from yangguang.aid.ledger.models import Entry as LedgerEntry
from yangguang.families.registry.models import Household, Mark
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.divisions.types import Level
from yangguang.foundation.walls.context import acting

pytestmark = pytest.mark.slow

WRITERS, ROUNDS = 8, 6


def some_villages() -> list[str]:
    found = Area.objects.within("3701").filter(level=Level.VILLAGE).order_by("code")
    return [str(code) for code in found.values_list("code", flat=True)[::900]]


def registered(count: int) -> list[int]:
    """Register families with an open aid entry each, and score them; gives the entries."""
    codes = some_villages()
    with acting(CITY):
        entries = [
            open_aid(
                store(
                    storable(
                        Entry(household(member(), income=700.0 * n), 0, None, ())
                    ),
                    codes[n % len(codes)],
                )
            ).pk
            for n in range(count)
        ]  # fmt: skip
        catch_up(on=ON, at=AT)
    return entries


def at_once(*tasks: Callable[[], object]) -> None:
    """Run each task in a thread of its own, from one moment on; what one raises is raised."""
    start = Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        start.wait()
        try:
            return task()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        list(pool.map(run, tasks))


def paying(entry_ids: list[int], fen: int = 20_000) -> None:
    with acting(CITY):
        for entry in LedgerEntry.objects.filter(pk__in=entry_ids).order_by("household_id"):
            pay(entry, fen)
        catch_up(on=ON, at=AT)


def assert_exact(count: int) -> None:
    """Assert that scores, ranks and counters are what computing them anew gives."""
    with acting(CITY):
        assert not Mark.objects.exists()
        scores = list(Score.objects.all())
        assert len(scores) == count
        for row in scores:
            found, fresh = rank_of(row.pk), explanation_of(row.pk, ON)
            assert found is not None
            assert fresh is not None
            assert (found.village, found.town, found.county, found.city) == ranks_by_sorting(row.pk)
            assert fresh.score.a == row.assistance
        counters = {
            (row.area_code, row.kind, row.value): (row.households, row.people)
            for row in Counter.objects.exclude(households=0, people=0)
        }
        assert counters == counted_by_hand()


@pytest.mark.requirement(55)
def test_eight_writers_pay_at_once_and_every_rank_is_exact(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with committed(django_db_blocker):
        entries = registered(16)

        def writer(number: int) -> Callable[[], object]:
            def run() -> None:
                for turn in range(ROUNDS):
                    paying([entries[(number * 5 + turn * 3) % len(entries)]])

            return run

        at_once(*(writer(number) for number in range(WRITERS)))
        assert_exact(len(entries))


def test_writers_of_several_families_and_new_ones_do_not_lock_each_other_out(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with committed(django_db_blocker):
        entries = registered(12)
        codes = some_villages()

        def writer(number: int) -> Callable[[], object]:
            def run() -> None:
                for turn in range(3):
                    with acting(CITY):
                        facts = storable(Entry(household(income=500.0 * turn), 0, None, ()))
                        store(facts, codes[number % len(codes)])
                        chosen = entries[number : number + 4]
                        for entry in LedgerEntry.objects.filter(pk__in=chosen).order_by("pk"):
                            pay(entry, 10_000)
                        catch_up(on=ON, at=AT)

            return run

        at_once(*(writer(number) for number in range(4)))
        assert_exact(12 + 4 * 3)


def test_a_payment_during_the_nightly_run_is_not_lost(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with committed(django_db_blocker):
        entries = registered(10)

        def nightly() -> None:
            with acting(CITY):
                score_area("3701", on=ON, by=CITY, at=AT)

        def day() -> None:
            for entry in entries:
                paying([entry])

        at_once(nightly, day, nightly)
        assert_exact(len(entries))


def test_a_change_meeting_a_mark_that_is_being_taken_up_is_scored_all_the_same(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with committed(django_db_blocker):
        (entry_id,) = registered(1)
        with acting(CITY):  # a change that nobody has scored yet
            family = Household.objects.get(entries=entry_id)
            Household.objects.filter(pk=family.pk).update(accepted_at=AT - timedelta(days=9))
        changed, scored = Event(), Event()

        def changing() -> None:
            with acting(CITY):
                pay(LedgerEntry.objects.get(pk=entry_id), 90_000)
                changed.set()
                scored.wait(5)
                catch_up(on=ON, at=AT)

        def taking() -> None:
            changed.wait(5)
            with transaction.atomic(), acting(CITY):
                catch_up(on=ON, at=AT)
            scored.set()

        at_once(changing, taking)
        assert_exact(1)

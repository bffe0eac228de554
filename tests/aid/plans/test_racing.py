"""Two people at once, on two connections: one wins, and nobody is promised twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from tests.aid.lasting import committed
from tests.aid.paying import ANOTHER, APPROVER, AT, PLANNER, drawn, families
from yangguang.aid.ledger.models import Entry
from yangguang.aid.plans.actions import approve, submit
from yangguang.aid.plans.models import Plan
from yangguang.aid.plans.rules import FamiliesChanged, StatusUnfit
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import Actor, acting

pytestmark = pytest.mark.slow


def together(*tries: Callable[[], object]) -> list[object]:
    """Run each in a thread and connection of its own, all at the same moment."""
    start = Barrier(len(tries))

    def run(one: Callable[[], object]) -> object:
        start.wait()
        try:
            return one()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tries)) as pool:
        return list(pool.map(run, tries))


def approving(plan_id: int, actor: Actor) -> Callable[[], object]:
    def run() -> object:
        with acting(actor):
            return approve(plan_id, by=actor, at=AT)

    return run


def submitted(*titles: str) -> list[int]:
    with acting(PLANNER):
        families(20)
        plans = [drawn(200_000, title=title) for title in titles]
        return [submit(plan.pk, by=PLANNER, at=AT).pk for plan in plans]


def test_of_two_approvals_at_once_exactly_one_wins(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with committed(django_db_blocker):
        (plan_id,) = submitted("甲")
        results = together(approving(plan_id, APPROVER), approving(plan_id, ANOTHER))
        assert {type(result) for result in results} == {Plan, StatusUnfit}
        with acting(PLANNER):
            assert Entry.objects.count() == 20


def test_of_two_plans_for_the_same_families_at_once_one_is_approved(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with committed(django_db_blocker):
        first, second = submitted("甲", "乙")
        results = together(approving(first, APPROVER), approving(second, ANOTHER))
        assert {type(result) for result in results} == {Plan, FamiliesChanged}
        with acting(PLANNER):
            assert Entry.objects.count() == 20

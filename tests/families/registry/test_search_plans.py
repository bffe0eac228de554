"""A search goes by its own index below the wall, once the planner knows the table."""

from datetime import date

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from tests.aid.lasting import committed
from tests.families.registry.conftest import actor_at
from yangguang.families.registry.actions.bulk import copy_rows
from yangguang.families.registry.models import Person
from yangguang.families.registry.queries.search import prefix
from yangguang.foundation.walls.context import acting

pytestmark = pytest.mark.slow

VILLAGE = "370112001001"
PERSONS = 20_000
COLUMNS = (
    "area_code", "name", "pinyin", "initials", "number_kind", "number_sealed", "number_blind",
    "sex", "born_date", "ethnic",
)  # fmt: skip
SOUGHT = {"name": "名0001", "pinyin": "ming0001", "initials": "m0001"}


def analyse() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE registry_person")


def register() -> None:
    """Commit so many persons of one village, since only what is committed has statistics."""
    rows = [
        (VILLAGE, f"名{n:05d}", f"ming{n:05d}", f"m{n:05d}", "resident", b"x", n.to_bytes(16),
         "male", date(1960, 1, 1), "汉族")
        for n in range(PERSONS)
    ]  # fmt: skip
    with acting(actor_at("370112")):
        assert copy_rows("registry_person", COLUMNS, rows) == PERSONS
    analyse()


def plan_for(field: str) -> str:
    with acting(actor_at("370112")):
        if field == "number_blind":
            asked = Person.objects.filter(number_blind=(1).to_bytes(16))
        else:
            asked = Person.objects.filter(prefix(field, SOUGHT[field]))
        assert asked.count() == (1 if field == "number_blind" else 10)
        return asked.explain()


def test_each_key_of_a_search_is_the_condition_of_an_index_scan(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with committed(django_db_blocker):
        register()
        for field in (*SOUGHT, "number_blind"):
            plan = plan_for(field)
            conditions = [line for line in plan.splitlines() if "Index Cond" in line]
            assert "Seq Scan" not in plan
            assert any(field in condition for condition in conditions), plan
    with django_db_blocker.unblock():
        # The rows are gone: later tests are not planned for what was here.
        analyse()
        connections["owner"].close()

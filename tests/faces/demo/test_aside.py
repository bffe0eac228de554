"""What is laid aside for the made city stands again exactly as it was, or nothing was written."""

import pytest
from django.db import IntegrityError, connections
from pytest_django import DjangoDbBlocker

from tests.aid.lasting import committed
from yangguang.faces.demo.aside import laid_aside

pytestmark = pytest.mark.slow

TABLES = ("registry_household", "registry_person", "registry_membership", "registry_income")
_STANDING = """
SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid),
  condeferrable::text
FROM pg_constraint WHERE conrelid = ANY(%(tables)s::regclass[])
UNION ALL SELECT 'index', tablename, indexname, indexdef, '' FROM pg_indexes
WHERE tablename = ANY(%(tables)s)
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled::text
FROM pg_trigger WHERE tgrelid = ANY(%(tables)s::regclass[]) AND NOT tgisinternal
UNION ALL SELECT 'wall', relname, relrowsecurity::text, relforcerowsecurity::text, ''
FROM pg_class WHERE oid = ANY(%(tables)s::regclass[])
ORDER BY 1, 2, 3
"""


def standing() -> list[tuple[str, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(_STANDING, {"tables": list(TABLES)})
        return cursor.fetchall()


def test_keys_indexes_triggers_and_walls_stand_again_as_they_were(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with committed(django_db_blocker):
        before = standing()
        with laid_aside(TABLES):
            assert len(standing()) < len(before)
        assert standing() == before
        assert {row[0] for row in before} == {"constraint", "index", "trigger", "wall"}


def test_a_row_that_breaks_a_key_is_found_at_the_end_and_nothing_is_written(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with committed(django_db_blocker):
        before = standing()
        with pytest.raises(IntegrityError), laid_aside(TABLES) as cursor:
            cursor.execute(
                "INSERT INTO registry_income (household_id, area_code, source, as_of_date, kind,"
                " declared_fen) VALUES (-1, '370112001001', 'made', '2026-01-01', 'wages', 1)"
            )
        assert standing() == before
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT set_config('yg.scope', '37', false)")
            cursor.execute("SELECT count(*) FROM registry_income")
            assert cursor.fetchone() == (0,)

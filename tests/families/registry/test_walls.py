"""What the database itself shows and refuses, whoever asks."""

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from tests.factories.registry import HouseholdFactory
from tests.families.registry.conftest import actor_at
from yangguang.families.registry.models import Household, Membership, Person
from yangguang.families.registry.rules.refusals import NotFound, OutsideScope
from yangguang.foundation.audit.models import Record
from yangguang.foundation.walls.context import Actor, enter

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(1), pytest.mark.requirement(88)]

GUARDED_BY_NOTHING = {
    # Areas, bodies, policies and counters hold no family; staff sign in before they have a scope.
    "divisions_area", "divisions_formername", "divisions_areachange", "divisions_servicebody",
    "divisions_organisation", "accounts_post", "catalogue_policy", "index_counter", "index_run",
}  # fmt: skip


WITHOUT_FAMILIES = {
    # Who works here, and how they log in.
    "accounts_appointment", "accounts_authenticator", "accounts_failedtry", "accounts_invitation",
    "accounts_knowndevice", "accounts_opensession", "accounts_pledge", "accounts_staff",
    # Digests and signatures of the trail, without what was done.
    "audit_head", "audit_link", "audit_release", "audit_shard",
    # Digest and size of a picture; whose it is stands in registry_photo.
    "files_image",
    # What the frameworks keep for themselves; a session holds moments and an account's key.
    "auth_group", "auth_group_permissions", "auth_permission", "django_content_type",
    "django_migrations", "django_session", "procrastinate_events", "procrastinate_jobs",
    "procrastinate_periodic_defers", "procrastinate_workers",
}  # fmt: skip


def rows_by_table() -> dict[str, int]:
    """Count what is visible of every table that holds an area."""
    with connection.cursor() as cursor:
        return {table: _count(cursor, table) for table in family_tables()}


def _count(cursor: object, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")
    return cursor.fetchone()[0]


def family_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
            "JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' "
            "WHERE a.attname = 'area_code' AND c.relkind = 'r' AND NOT a.attisdropped"
        )
        return {name for (name,) in cursor.fetchall()} - GUARDED_BY_NOTHING


def scope_is(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('yg.scope', %s, true)", [value])


def test_the_serving_role_owns_nothing_and_passes_no_wall():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER') "
            "AND (rolsuper OR rolbypassrls OR rolcreaterole)"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE pg_has_role(current_user, relowner, 'MEMBER') "
            "AND relkind IN ('r', 'p', 'S', 'v', 'm')"
        )
        assert cursor.fetchone() == (0,)


def test_every_table_of_families_forces_its_wall():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        forced = {name for (name,) in cursor.fetchall()}
    assert family_tables() - forced == set()
    assert "registry_person" in forced


def test_a_table_is_behind_a_wall_or_named_as_holding_no_family():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'm', 'v', 'f')"
        )
        walls = dict(cursor.fetchall())
    # A new table fails here until it has a wall or somebody writes down why it needs none.
    assert {name for name, is_forced in walls.items() if not is_forced} == (
        GUARDED_BY_NOTHING | WITHOUT_FAMILIES
    )


def test_every_wall_stands_before_every_command_and_reads_and_writes_alike():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, p.polcmd::text, p.polpermissive, p.polroles = '{0}', "
            "pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid) "
            "FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid WHERE c.relrowsecurity"
        )
        policies = cursor.fetchall()
    assert len({row[0] for row in policies}) == len(policies) > 20
    for table, command, is_permissive, is_for_all, seen, written in policies:
        assert (command, is_permissive, is_for_all) == ("*", True, True), table
        assert seen == written, table
        assert seen.count("yg.scope") == 2, table


def test_without_a_context_no_row_is_visible(county: Actor, village: str):
    HouseholdFactory(couple_with_child=True, area_code=village, by=county)
    seen = rows_by_table()
    assert seen["registry_person"] == 3
    scope_is("")
    assert set(rows_by_table().values()) == {0}


def test_a_setting_that_was_reset_shows_nothing(county: Actor, village: str):
    HouseholdFactory(area_code=village, by=county)
    with connection.cursor() as cursor:
        cursor.execute("RESET yg.scope")
    assert set(rows_by_table().values()) == {0}


def test_alice_owns_bob_shares_and_charlie_sees_nothing(county: Actor, villages: list[str]):
    first, sibling, elsewhere, _ = villages
    HouseholdFactory(area_code=first, by=county)
    seen = {}
    for name, scope in {
        "Alice": first, "Bob of the township": first[:9], "Bob of the city": "3701",
        "Charlie next door": sibling, "Charlie elsewhere": elsewhere[:9], "Charlie afar": "3702",
        "Charlie of a longer code": "37011",
    }.items():  # fmt: skip
        enter(actor_at(scope))
        seen[name] = (Household.objects.count(), Person.objects.count(), Record.objects.count())
    assert seen == {
        "Alice": (1, 1, 1), "Bob of the township": (1, 1, 1), "Bob of the city": (1, 1, 1),
        "Charlie next door": (0, 0, 0), "Charlie elsewhere": (0, 0, 0), "Charlie afar": (0, 0, 0),
        "Charlie of a longer code": (1, 1, 1),
    }  # fmt: skip


def test_a_query_that_forgot_its_filter_leaks_nothing(county: Actor, villages: list[str]):
    HouseholdFactory(area_code=villages[0], by=county)
    mine = HouseholdFactory(area_code=villages[2], by=county)
    enter(actor_at(villages[2]))
    assert [one.pk for one in Household.objects.all()] == [mine.pk]
    assert {one.household_id for one in Membership.objects.all()} == {mine.pk}


def test_the_database_refuses_a_row_outside_the_scope(county: Actor, villages: list[str]):
    household = HouseholdFactory(area_code=villages[0], by=county)
    enter(actor_at(villages[0]))
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Person.objects.filter(pk=household.head_id).update(area_code=villages[2])


def test_the_verb_refuses_a_village_outside_the_scope(county: Actor, villages: list[str]):
    with pytest.raises(OutsideScope, match="不在您的辖区内"):
        HouseholdFactory(area_code=villages[2], by=actor_at(villages[0]))


def test_a_household_outside_the_scope_is_not_found(county: Actor, villages: list[str], now):
    from yangguang.families.registry.actions.households import close_household

    household = HouseholdFactory(area_code=villages[0], by=county)
    clerk = actor_at(villages[2])
    enter(clerk)
    with pytest.raises(NotFound):
        close_household(household.pk, reason="误录", on=now.date(), by=clerk, at=now)


def test_the_trail_is_written_with_the_verb_and_never_changed(county: Actor, village: str):
    HouseholdFactory(area_code=village, by=county)
    line = Record.objects.get()
    assert (line.verb, line.actor_name) == ("registry.register_household", county.name)
    for attempt in (
        lambda: Record.objects.filter(pk=line.pk).update(reason="改"),
        lambda: Record.objects.filter(pk=line.pk).delete(),
    ):
        with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
            attempt()


class LostError(Exception):
    """The connection to the clerk is lost."""


def register_and_fail(county: Actor, village: str) -> None:
    with transaction.atomic():
        HouseholdFactory(area_code=village, by=county)
        raise LostError


def test_a_verb_that_fails_leaves_no_line(county: Actor, village: str):
    with pytest.raises(LostError):
        register_and_fail(county, village)
    assert not Record.objects.exists()
    assert not Household.objects.exists()

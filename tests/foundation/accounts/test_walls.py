"""What the role that serves may not write past the verbs, whoever holds its connection."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from tests.foundation.accounts.test_rights import GIVEN, person
from yangguang.foundation.accounts import actions
from yangguang.foundation.accounts.models import Post, Staff
from yangguang.foundation.walls.context import Actor

pytestmark = pytest.mark.django_db

COUNTY = "370112000000"


@pytest.fixture(autouse=True)
def two(now: datetime) -> tuple[Actor, Actor]:
    """Appoint two security administrators: from then on posts are proposed and granted."""
    return tuple(person(name, "security_administrator", COUNTY, now) for name in ("anyi", "aner"))


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture(autouse=True)
def deferred(two: object) -> Iterator[None]:
    """Look at constraints late again, as a new transaction would."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_a_granted_post_is_taken(two: tuple[Actor, Actor], now: datetime) -> None:
    made = actions.propose_post(GIVEN, by=two[0], at=now)
    post = actions.grant(made.pk, by=two[1], at=now)
    execute("SELECT 1")
    assert Post.objects.filter(pk=post.pk).exists()


@pytest.mark.requirement(1)
def test_a_post_that_nobody_granted_is_refused() -> None:
    somebody = Staff.objects.create(username="bei", name="贝")
    insert = f"""INSERT INTO accounts_post (role, from_date, staff_id, area_id)
        VALUES ('county_approver', '2026-11-01', {somebody.pk}, '%s')"""
    for area in (COUNTY, "370112001000"):
        with pytest.raises(DatabaseError, match="granted appointment"):
            execute(insert % area)
    # Elsewhere nobody is there yet to grant: the first are given by the operator.
    execute(insert % "370113000000")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_post SET role = 'county_approver'",
        "UPDATE accounts_post SET area_id = '370100000000'",
        "UPDATE accounts_post SET from_date = '2020-01-01'",
        "DELETE FROM accounts_post",
        "UPDATE accounts_staff SET is_demo = NOT is_demo",
        "UPDATE accounts_appointment SET decided_by_id = proposed_by_id + 100",
        "UPDATE accounts_appointment SET reason = ''",
        "UPDATE accounts_appointment SET status = 'declined', post_id = NULL",
        "DELETE FROM accounts_appointment",
        """INSERT INTO accounts_appointment (kind, status, username, name, role, from_date, reason,
             proposed_at, decided_at, decline_reason, area_id, decided_by_id, post_id,
             proposed_by_id)
           SELECT kind, status, 'another', name, role, from_date, reason, proposed_at, decided_at,
             '', area_id, decided_by_id, post_id - 1, proposed_by_id FROM accounts_appointment""",
    ],
)
def test_posts_and_what_was_decided_are_not_rewritten(
    statement: str, two: tuple[Actor, Actor], now: datetime
) -> None:
    made = actions.propose_post(GIVEN, by=two[0], at=now)
    actions.grant(made.pk, by=two[1], at=now)
    with pytest.raises(DatabaseError, match=r"stay as they are|proposed first|made person|denied"):
        execute(statement)


def test_an_ended_post_is_not_prolonged(two: tuple[Actor, Actor], now: datetime) -> None:
    given = replace(GIVEN, until_date=date(2027, 1, 1))
    made = actions.propose_post(given, by=two[0], at=now)
    post = actions.grant(made.pk, by=two[1], at=now)
    actions.end_post(post.pk, reason="调离", by=two[1], at=now)
    for until in ("'2030-01-01'", "NULL"):
        with pytest.raises(DatabaseError, match="never prolonged"):
            execute(f"UPDATE accounts_post SET until_date = {until} WHERE id = {post.pk}")


def test_failed_tries_of_the_last_day_are_not_forgotten() -> None:
    execute(
        """INSERT INTO accounts_failedtry (at, account, address, device) SELECT
        clock_timestamp() - hours * interval '1 hour', '', '', '' FROM unnest(ARRAY[1, 25]) AS hours
        """
    )
    with pytest.raises(DatabaseError, match="after a day"):
        execute("DELETE FROM accounts_failedtry")
    with pytest.raises(DatabaseError, match="denied"):
        execute("UPDATE accounts_failedtry SET at = '2020-01-01'")
    execute("DELETE FROM accounts_failedtry WHERE at < clock_timestamp() - interval '24 hours'")

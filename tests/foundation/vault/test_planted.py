"""Planted numbers are found neither in a dump, nor in the write-ahead log, nor in any log."""

import logging
import os
import re
import subprocess
from collections.abc import Iterable
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connections
from pytest_django import DjangoDbBlocker

from tests.aid.lasting import committed
from tests.aid.paying import APPROVER, AT, PLANNER, approved, families
from tests.factories.registry import AS_OF, HouseholdFactory, identity, member
from yangguang.aid.disbursement.actions import prepare_batch, send_batch
from yangguang.aid.disbursement.types import Encoding
from yangguang.families.registry.models import Household, Person
from yangguang.families.registry.rules.entries import AccountEntry
from yangguang.families.registry.types import Relation, Sex
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.kernel.state import state_folder
from yangguang.foundation.vault.postgres import tool
from yangguang.foundation.walls.context import acting
from yangguang.foundation.walls.sealing import unseal

PERSONS = 500
BORN = date(1931, 3, 9)
DISEASE = "栽种的罕见病"


def hits(text: bytes, planted: Iterable[str]) -> set[str]:
    """Tell which of the planted texts stand in `text`, as they are or as hex."""
    found = set()
    for form in (str.encode, lambda one: one.encode().hex().encode()):
        shapes = {form(one): one for one in planted}
        for head, length in {(shape[:4], len(shape)) for shape in shapes}:
            for match in re.finditer(re.escape(head), text):
                found.add(shapes.get(text[match.start() : match.start() + length], ""))
    return found - {""}


def plant() -> set[str]:
    """Register 500 persons in 250 families, with a card and a telephone each family."""
    serials = count(40_000)
    planted = {DISEASE}
    for place in range(PERSONS // 2):
        numbers = [identity(BORN, Sex.FEMALE, next(serials)) for _ in range(2)]
        card, phone = f"6223190{place:012}", f"199{place:08}"
        HouseholdFactory(
            phone=phone,
            members=(
                member("单秀英", born=BORN, number=numbers[0], disease=DISEASE, illness="severe"),
                member("曾玉珍", Relation.OTHER, born=BORN, number=numbers[1]),
            ),
            account=AccountEntry(bank="济南农商银行", card=card, started=AS_OF),
        )
        planted |= {*numbers, card, phone}
    return planted


def pay() -> set[str]:
    """Send a batch to the bank; give the numbers and cards that are in it."""
    paid = families(20, start=500)
    batch = prepare_batch(approved(200_000).pk, by=PLANNER, at=AT)
    send_batch(batch.pk, encoding=Encoding.UTF8, by=APPROVER, at=AT)
    assert batch.instructions_count == 20
    return {
        text
        for family in paid
        for text in (
            unseal(family.head.number_sealed, place=f"person.number.{family.head_id}"),
            f"62284800{family.pk:08}",
        )
    }


def stumble() -> None:
    """Make the database complain about rows with planted values, and log what it says."""
    with acting(PLANNER):
        family = Household.objects.select_related("head").earliest("id")
    for broken in (
        lambda: Person.objects.filter(pk=family.head_id).update(sex="neither"),
        lambda: HouseholdFactory(members=(member(born=BORN, number=identity(BORN, Sex.FEMALE,
                                                                            40_000)),)),
    ):  # fmt: skip
        try:
            with acting(PLANNER):
                broken()
        except (IntegrityError, Refusal):
            logging.getLogger("yangguang").exception("as planned")


def dumped() -> bytes:
    """Dump the test's database as plain text, as one who may read everything."""
    given = connections["keeper"].settings_dict
    told = {"PGHOST": given["HOST"], "PGPORT": given["PORT"], "PGUSER": given["USER"],
            "PGPASSWORD": given["PASSWORD"], "PGDATABASE": given["NAME"]}  # fmt: skip
    return subprocess.run(
        [tool("pg_dump"), "--format=plain"],
        env={**os.environ, **{name: value for name, value in told.items() if value}},
        capture_output=True,
        check=True,
    ).stdout


def server_files() -> list[Path]:
    """List the embedded server's own log and its write-ahead log."""
    folder = state_folder() / "postgres"
    return [path for path in (folder / "log", *(folder / "pg_wal").glob("0*")) if path.is_file()]


@pytest.mark.slow
def test_no_planted_number_is_in_a_dump_or_in_any_log(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    # The tests' own factories say everything that they are given.
    caplog.set_level(logging.INFO, "factory")
    caplog.set_level(logging.INFO, "faker")
    with committed(django_db_blocker):
        with acting(PLANNER):
            planted = plant() | pay()
        stumble()
        dump = dumped()
        # The rows are there, and what is planted would be found.
        assert dump.count("单秀英".encode()) >= PERSONS // 2
        assert len(planted) == 1 + PERSONS + PERSONS // 2 * 2 + 20 * 2
        one = min(planted)
        assert hits(dump + one.encode(), planted) == {one}
        assert hits(dump + one.encode().hex().encode(), planted) == {one}
        assert hits(dump, planted) == set()
        assert "as planned" in caplog.text
        assert hits(caplog.text.encode(), planted) == set()
        assert bool(server_files()) == settings.DATABASE_IS_EMBEDDED
        for path in server_files():
            assert hits(path.read_bytes(), planted) == set(), path

"""A key is turned while everybody works; whatever happens meanwhile, nothing is lost."""

import re
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, connections, transaction
from django.db.models import BinaryField
from pytest_django import DjangoDbBlocker

from tests.aid.lasting import committed
from tests.aid.paying import APPROVER, AT, PLANNER, approved, families
from tests.factories.registry import STAMP, HouseholdFactory, identity, member
from tests.installation import Installation
from yangguang.aid.disbursement.actions import bank_file, prepare_batch, send_batch
from yangguang.aid.disbursement.models import Instruction
from yangguang.aid.disbursement.types import Encoding
from yangguang.families.registry.actions.facts import record_supporter
from yangguang.families.registry.models import Household, Mark, Person, PersonFacts
from yangguang.families.registry.rules.entries import SupporterEntry
from yangguang.foundation.audit.models import Record
from yangguang.foundation.kernel.identity import parse_number
from yangguang.foundation.vault.actions.rotation import (
    RotationRuns,
    alone,
    begin_rotation,
    end_rotation,
    remaining,
    reseal_all,
)
from yangguang.foundation.walls.ciphers import AES, SM4
from yangguang.foundation.walls.context import acting, enter, system
from yangguang.foundation.walls.keyring import LostKey, read_ring
from yangguang.foundation.walls.resealing import StillOpen, sealed_tables, wait_for_open
from yangguang.foundation.walls.sealing import HEADER, forget_keys, header_of, seal, unseal

SOURCE = Path(__file__).resolve().parents[3] / "src" / "yangguang"
COUNTY = "370112000000"
LATER = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def test_no_column_that_could_be_sealed_is_unknown_to_a_rotation(db: None) -> None:
    # A digest has its length; bytes of any length are a sealed text.
    known = {(table.name, column.name) for table in sealed_tables() for column in table.columns}
    of_any_length = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, BinaryField) and field.max_length is None
    }
    assert of_any_length == known
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE "
            "table_schema = 'public' AND data_type = 'bytea' AND column_name LIKE '%seal%'"
        )
        assert set(cursor.fetchall()) <= known


def test_whatever_the_source_seals_is_sealed_for_a_place_that_a_rotation_knows() -> None:
    known = {column.place for table in sealed_tables() for column in table.columns}
    sealing = {
        path: text
        for path in SOURCE.rglob("*.py")
        if path.name not in {"sealing.py", "resealing.py"}
        and re.search(r"\bseal\(|_sealed\(|def \w+_place\(", text := path.read_text())
    }
    named = {
        place
        for text in sealing.values()
        for place in re.findall(r'"(\w+\.\w+)(?:\.\{|"\))', text)
        if "." in place
    }
    assert named >= known
    assert {place for place in named - known if re.search(r"number|card|phone|secret", place)} == (
        set()
    )


def open_all() -> int:
    """Open every sealed value for the place that its field declares; count them."""
    opened = 0
    for model in apps.get_models():
        for table in sealed_tables():
            if model._meta.db_table != table.name:
                continue
            for column in table.columns:
                rows = model._default_manager.values_list(column.key, column.name)
                for key, value in rows:
                    opened += bool(unseal(value, place=f"{column.place}.{key}"))
    return opened


@pytest.mark.slow
def test_every_value_opens_at_the_place_its_field_declares(db: None) -> None:
    enter(PLANNER)
    before = open_all()
    families(2)
    batch = prepare_batch(approved(20_000).pk, by=PLANNER, at=AT)
    family = HouseholdFactory(with_card=True, members=(member(illness="severe", disease="尿毒症"),))
    daughter = SupporterEntry(
        stamp=STAMP, name="王丽", relation="女儿", number=identity(date(1980, 1, 1))
    )
    record_supporter(family.pk, supporter=daughter, by=PLANNER, at=AT)
    numbers_cards = 2 * 2
    entered = len(("number", "phone", "illness", "card", "supporter"))
    assert open_all() - before == numbers_cards + 2 * batch.instructions_count + entered


def rotate(cipher: str = AES, size: int = 2) -> int:
    with acting(PLANNER):
        key = begin_rotation(algorithm=cipher, area_code=COUNTY, by=PLANNER, at=LATER)
    rows = sum(rows for _, rows in reseal_all(key, size=size))
    with acting(PLANNER):
        end_rotation(key, rows=rows, area_code=COUNTY, by=PLANNER, at=LATER)
    return rows


def all_headers() -> set[bytes]:
    """Give what sealed values begin with, as one who sees every row of every table."""
    with connections["keeper"].cursor() as cursor:
        found = set()
        for table in sealed_tables():
            for column in table.columns:
                cursor.execute(f"SELECT {column.name} FROM {table.name}")
                found |= {bytes(value)[:HEADER] for (value,) in cursor.fetchall() if value}
    connections["keeper"].close()
    return found


def settle() -> None:
    """Give the families an illness and a telephone, and clear their marks."""
    with acting(PLANNER):
        for family in Household.objects.select_related("head"):
            family.phone_sealed = seal("13805310000", place=f"household.phone.{family.pk}")
            family.save(update_fields=["phone_sealed"])
            PersonFacts.objects.create(
                person=family.head, area_code=family.area_id, source="declared",
                as_of_date=AT.date(), marital="single", occupation="flexible",
                illness_sealed=seal("尿毒症", place=f"personfacts.illness.{family.head_id}"),
            )  # fmt: skip
        Mark.objects.all().delete()


@pytest.mark.slow
def test_a_rotation_changes_every_value_and_nothing_that_is_said(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, key_folder: Path
) -> None:
    with committed(django_db_blocker):
        with acting(PLANNER):
            families(5)
            batch = prepare_batch(approved(50_000).pk, by=PLANNER, at=AT)
            file = send_batch(batch.pk, encoding=Encoding.UTF8, by=APPROVER, at=AT)
        settle()
        with acting(PLANNER):
            versions = list(Household.objects.order_by("id").values_list("facts_version"))
            sealed = set(Person.objects.values_list("number_sealed", flat=True))
            opened = open_all()
        # A number, a card, a telephone, an illness, and the two of an instruction.
        assert opened == 5 * 6
        assert rotate(SM4) == 5 * 5
        forget_keys()
        ring = read_ring()
        assert not ring.is_rotating
        assert ring.key(ring.current).algorithm == SM4
        assert set(remaining(ring.key(ring.current)).values()) == {0}
        assert all_headers() == {header_of(ring.key(ring.current))}
        with acting(PLANNER):
            assert open_all() == opened
            assert not sealed & set(Person.objects.values_list("number_sealed", flat=True))
            assert bank_file(batch.pk, encoding=Encoding.UTF8, by=APPROVER, at=AT) == file
            assert list(Household.objects.order_by("id").values_list("facts_version")) == versions
            assert not Mark.objects.exists()
            verbs = Record.objects.filter(verb__startswith="vault.").order_by("id")
            assert [(r.verb, r.object_key) for r in verbs] == [
                ("vault.begin_rotation", ring.current),
                ("vault.end_rotation", ring.current),
            ]


@pytest.mark.slow
def test_a_rotation_cut_short_goes_on_with_the_key_it_made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, key_folder: Path
) -> None:
    with committed(django_db_blocker):
        with acting(PLANNER):
            families(5)
        with acting(PLANNER):
            key = begin_rotation(algorithm=AES, area_code=COUNTY, by=PLANNER, at=LATER)
        work = reseal_all(key, size=1)
        next(work)
        next(work)
        work.close()
        assert sum(remaining(key).values()) == 10 - 2
        forget_keys()
        assert rotate(SM4) == 8
        assert read_ring().current == key.id
        assert sum(remaining(key).values()) == 0


@pytest.mark.slow
def test_a_lost_key_stops_a_rotation_by_name_and_loses_no_value(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, key_folder: Path
) -> None:
    with committed(django_db_blocker):
        with acting(PLANNER):
            families(2)
            before = set(Person.objects.values_list("number_sealed", flat=True))
        lost = read_ring().current
        for name in ("keyring.json", "blinding.key"):
            (key_folder / name).unlink()
        forget_keys()
        with pytest.raises(LostKey, match=lost):
            rotate()
        with acting(PLANNER):
            assert set(Person.objects.values_list("number_sealed", flat=True)) == before


def change_instructions(change: str, *, using: str, says_so: str) -> None:
    with acting(system("37"), using=using), connections[using].cursor() as cursor:
        cursor.execute("SELECT set_config('yg.resealing', %s, true)", [says_so])
        cursor.execute(f"UPDATE disbursement_instruction SET {change}")


@pytest.mark.slow
def test_only_the_owner_may_reseal_and_only_what_is_sealed(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, key_folder: Path
) -> None:
    with committed(django_db_blocker):
        with acting(PLANNER):
            families(1)
            batch = prepare_batch(approved(10_000).pk, by=PLANNER, at=AT)
            send_batch(batch.pk, encoding=Encoding.UTF8, by=APPROVER, at=AT)
            paid = {"status": "paid", "paid_date": AT.date()}
            Instruction.objects.update(**paid)
        for using, says_so, change in (
            ("default", "on", "card_sealed = 'x'"),
            ("owner", "", "card_sealed = 'x'"),
            ("owner", "on", "holder_name = '别人'"),
            ("owner", "on", "amount_fen = 1, card_sealed = 'x'"),
        ):
            with pytest.raises(IntegrityError, match="written once"):
                change_instructions(change, using=using, says_so=says_so)
        assert rotate() == 3


@pytest.mark.slow
def test_of_two_rotations_at_once_one_is_refused(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    refused: list[Exception] = []

    def second() -> None:
        try:
            with alone():
                pass
        except RotationRuns as refusal:
            refused.append(refusal)
        finally:
            connections.close_all()

    with committed(django_db_blocker), alone():
        other = threading.Thread(target=second)
        other.start()
        other.join()
    assert len(refused) == 1


@pytest.mark.slow
def test_a_transaction_that_is_open_at_the_turn_is_awaited(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with committed(django_db_blocker):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            with pytest.raises(StillOpen):
                wait_for_open(patience=2)
        wait_for_open(patience=2)


def old_and_new(place: Installation, old: str) -> tuple[int, int]:
    with place.connect() as one:
        return one.execute(
            "SELECT count(*) FILTER (WHERE encode(substring(number_sealed FROM 6 FOR 4), 'hex')"
            " = %(old)s), count(*) FILTER (WHERE encode(substring(number_sealed FROM 6 FOR 4),"
            " 'hex') <> %(old)s) FROM registry_person",
            {"old": old},
        ).fetchone()


def current(place: Installation) -> str:
    return re.search(r'"current": "(\w+)"', (place.state / "keys" / "keyring.json").read_text())[1]


def opens_all_numbers(place: Installation) -> None:
    """Open every number in a process of the installation, and find it a right one."""
    with place.connect() as one:
        rows = one.execute(
            "SELECT id, encode(number_sealed, 'hex') FROM registry_person"
        ).fetchall()
    script = (
        "import sys\nfrom yangguang.foundation.walls.sealing import unseal\n"
        "for line in sys.stdin:\n    key, sealed = line.split()\n"
        "    print(unseal(bytes.fromhex(sealed), place=f'person.number.{key}'))\n"
    )
    opened = subprocess.run(
        [sys.executable, "-c", script],
        input="".join(f"{key} {sealed}\n" for key, sealed in rows),
        env=place.environment(),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert len(opened) == len(rows) > 120
    for number in opened:
        assert parse_number(number).number == number


@pytest.mark.slow
def test_a_rotation_killed_in_the_middle_is_ended_by_the_next() -> None:
    with Installation.made() as place, place.up():
        place.run("demo", "--households", "120", "--no-serve")
        old = current(place)
        killed = 0
        for _ in range(2):
            running = place.start("keys", "rotate", "--batch", "1")
            before = old_and_new(place, old)[1]
            while running.poll() is None and old_and_new(place, old)[1] < before + 20:
                time.sleep(0.005)
            running.send_signal(signal.SIGKILL)
            running.communicate()
            killed += running.returncode == -signal.SIGKILL
            left, done = old_and_new(place, old)
            assert left > 0
            assert done > 0
            # Readers open both meanwhile.
            opens_all_numbers(place)
        assert killed == 2
        new = current(place)
        assert new != old
        assert "尚未完成" in place.run("keys", "status").stdout
        assert f"接着上次的轮换：{new}" in place.run("keys", "rotate").stdout
        assert old_and_new(place, old)[0] == 0
        told = place.run("keys", "status").stdout
        assert "尚未完成" not in told
        opens_all_numbers(place)

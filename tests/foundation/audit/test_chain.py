"""The chain that PostgreSQL makes of the records, at their commit."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoDbBlocker

from tests.aid.lasting import committed
from yangguang.foundation.audit.actions import record
from yangguang.foundation.audit.models import Link, Record
from yangguang.foundation.audit.rules.canonical import (
    canonical,
    chained,
    genesis,
    microseconds,
    shard_of,
)
from yangguang.foundation.audit.types import Fields
from yangguang.foundation.walls.context import acting, enter, system

AT = datetime(2026, 11, 24, 2, 0, 0, 123456, tzinfo=UTC)
COUNTY, OTHER, CITY, PROVINCE = "370112011201", "370113000000", "370100000000", "370000000000"
VECTOR = "e06693693d44bc8e42dce69f03d3fd69ae66fd5221cb3b2b4d06ee8b174d5a2a"
COLUMNS = (
    "at, verb, object_kind, object_key, area_code, actor_id, actor_name, actor_role, reason, "
    "ground, digest, before, after, root"
)
TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)


def fields_of(row: Record) -> Fields:
    values = [getattr(row, name) for name in Fields._fields]
    values[1] = microseconds(row.at)
    return Fields(*(bytes(v) if isinstance(v, memoryview) else v for v in values))


def write(area_code: str = COUNTY, *, verb: str = "test.verb", reason: str = "") -> Record:
    actor = system("37")
    return record(verb, kind="thing", key=1, area_code=area_code, by=actor, at=AT, reason=reason)


def link_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS audit_linked IMMEDIATE")
        cursor.execute("SET CONSTRAINTS audit_linked DEFERRED")


@pytest.fixture
def province(db: None) -> Iterator[None]:
    with acting(system("37")):
        yield


class TestCanonicalBytes(TestCase):
    @given(reason=TEXT, ground=TEXT, key=TEXT, digest=st.binary(min_size=32, max_size=32))
    def test_law_postgresql_and_python_write_a_record_alike(
        self, reason: str, ground: str, key: str, digest: bytes
    ) -> None:
        enter(system("37"))
        row = write(reason=reason)
        row = Record.objects.create(
            at=AT, verb="测试.记", object_kind="户", object_key=key, area_code=COUNTY,
            actor_id=7, actor_name="张三", actor_role="clerk", reason=reason, ground=ground,
            digest=digest, root=digest,
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("SELECT audit_canonical(r) FROM audit_record r WHERE id = %s", [row.pk])
            (made,) = cursor.fetchone()
        assert bytes(made) == canonical(fields_of(row))


def test_the_vector_of_the_document_holds() -> None:
    fields = Fields(
        1, 1_790_000_000_000_001, "plans.approve", "plan", "P1", COUNTY, 7, "张三",
        "county_approver", "", "", b"\x01" * 32, b"", b"", b"",
    )  # fmt: skip
    assert canonical(fields)[:9].hex() == "000000013100000010"
    assert chained(genesis("370112"), canonical(fields)).hex() == VECTOR


@pytest.mark.parametrize(
    ("area_code", "shard"),
    [(COUNTY, "370112"), (OTHER, "370113"), (CITY, "3701"), (PROVINCE, "37")],
)
def test_python_and_postgresql_put_an_area_into_the_same_shard(
    db: None, area_code: str, shard: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_shard_of(%s)", [area_code])
        assert cursor.fetchone() == (shard,)
    assert shard_of(area_code) == shard


@pytest.mark.usefixtures("province")
def test_a_link_holds_the_hash_of_the_one_before_and_of_its_record() -> None:
    before = Link.objects.filter(shard="370112").order_by("sequence").last()
    rows = [write(), write(OTHER), write()]
    link_now()
    sequence, last = (before.sequence, bytes(before.hash)) if before else (0, genesis("370112"))
    for row in (rows[0], rows[2]):
        sequence, last = sequence + 1, chained(last, canonical(fields_of(row)))
        link = Link.objects.get(record_id=row.pk)
        assert (link.shard, link.sequence, bytes(link.hash)) == ("370112", sequence, last)
    assert Link.objects.get(record_id=rows[1].pk).shard == "370113"


@pytest.mark.usefixtures("province")
def test_no_link_is_made_before_the_commit_and_none_of_what_was_rolled_back() -> None:
    with transaction.atomic():
        kept = write()
    point = transaction.savepoint_create()
    lost = write(OTHER)
    transaction.savepoint_rollback(point)
    assert not Link.objects.filter(record_id=kept.pk).exists()
    link_now()
    assert Link.objects.filter(record_id=kept.pk).exists()
    assert not Link.objects.filter(record_id=lost.pk).exists()


@pytest.mark.usefixtures("province")
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO audit_link VALUES ('370112', 999999, 0, '')",
        "UPDATE audit_link SET sequence = sequence + 1",
        "DELETE FROM audit_link",
        "DELETE FROM audit_shard",
        "INSERT INTO audit_shard VALUES ('99')",
        "SELECT FROM audit_shard FOR UPDATE",
        "INSERT INTO audit_head VALUES (9, '2026-01-01', now(), '', '{}', 0)",
        "UPDATE audit_record SET reason = ''",
        "DELETE FROM audit_record",
        "DELETE FROM audit_release",
        "SELECT audit_append(r) FROM audit_record r",
        "SELECT audit_lock_shard('99')",
        f"INSERT INTO audit_record (id, {COLUMNS}) SELECT id + 9, {COLUMNS} FROM audit_record",
        "DELETE FROM django_migrations",
        "UPDATE django_migrations SET name = 'x'",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'x', now())",
    ],
)
def test_who_serves_may_write_nothing_but_records(statement: str) -> None:
    write()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.slow
def test_eight_writers_of_several_shards_at_once_leave_chains_without_gap_or_deadlock(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    areas, rounds = [COUNTY, OTHER, CITY, PROVINCE], 12
    start = Barrier(8)

    def run(worker: int) -> None:
        start.wait()
        try:
            for turn in range(rounds):
                with acting(system("37")):
                    for step in range(len(areas)):
                        write(areas[(worker * 3 + turn + step * (1 + worker % 2 * 2)) % 4])
        finally:
            connections.close_all()

    with committed(django_db_blocker):
        before = counts()
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(run, range(8)))
        for shard in map(shard_of, areas):
            links = list(Link.objects.filter(shard=shard).order_by("sequence"))
            assert [link.sequence for link in links] == list(range(1, len(links) + 1))
            assert len(links) == before[shard] + 8 * rounds


def counts() -> Counter[str]:
    return Counter(Link.objects.values_list("shard", flat=True))

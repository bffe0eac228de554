"""Heads: signed, chained, anchored; without a fresh one money is not decided on."""

import json
import runpy
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connections, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from tests import trail
from yangguang.foundation.audit.actions import release
from yangguang.foundation.audit.anchors import lay_aside
from yangguang.foundation.audit.models import Head, Record
from yangguang.foundation.audit.queries import demand_anchored, newest_head
from yangguang.foundation.audit.rules.freshness import (
    LIMIT,
    AnchorTaken,
    AnchorTooOld,
    HeadBehind,
    OnePerson,
    ReasonMissing,
)
from yangguang.foundation.audit.rules.heads import head_hash, message, read, written
from yangguang.foundation.audit.types import HeadFacts, Released, SignedHead, Tip
from yangguang.foundation.kernel.state import state_folder
from yangguang.foundation.walls.context import Actor, acting, system
from yangguang.foundation.walls.signing import Ed25519Signer, is_signed, signer

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
FACTS = HeadFacts(
    2, date(2026, 11, 24), 1_790_000_000_000_001, "系统", bytes(32),
    (Tip("3701", 5, b"\x05" * 32), Tip("370112", 9, b"\x09" * 32)),
    (Released(1_790_000_000_000_000, "张三", "李四", "台风"),),
)  # fmt: skip
FIRST = Actor(id=1, name="张三", role="county_approver", scope="370112")
SCRIPT = runpy.run_path(str(trail.ROOT / "tools" / "verify.py"))
SECOND = Actor(id=2, name="李四", role="county_approver", scope="370112")


def signed(facts: HeadFacts) -> SignedHead:
    hand = Ed25519Signer(bytes(range(32)))
    return SignedHead(facts, hand.algorithm, hand.key, hand.sign(message(facts)))


def test_a_head_reads_back_as_it_was_written() -> None:
    assert read(json.loads(json.dumps(written(signed(FACTS))))) == signed(FACTS)


@pytest.mark.parametrize(
    "changed",
    [
        {"number": 3}, {"on": date(2026, 11, 25)}, {"at": FACTS.at + 1}, {"by": "别人"},
        {"previous": b"\x01" * 32}, {"tips": FACTS.tips[:1]}, {"tips": FACTS.tips[::-1]},
        {"releases": ()}, {"releases": (replace(FACTS.releases[0], reason="别的"),)},
    ],
    ids=lambda changed: next(iter(changed)),
)  # fmt: skip
def test_nothing_of_a_head_can_be_changed_under_its_signature(changed: dict[str, object]) -> None:
    head = signed(FACTS)
    assert is_signed(message(head.facts), head.signature, algorithm="ed25519", key=head.key)
    other = message(replace(FACTS, **changed))  # type: ignore[arg-type]
    assert not is_signed(other, head.signature, algorithm="ed25519", key=head.key)


def test_an_unknown_algorithm_proves_nothing() -> None:
    head = signed(FACTS)
    assert not is_signed(message(FACTS), head.signature, algorithm="none", key=head.key)


def test_the_key_is_readable_by_the_installation_alone() -> None:
    assert len(signer().key) == 32
    assert (state_folder() / "keys" / "head.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
@given(private=st.binary(min_size=32, max_size=32), text=st.binary(max_size=40), bit=st.integers())
def test_law_the_stand_alone_script_checks_signatures_as_the_library_does(
    private: bytes, text: bytes, bit: int
) -> None:
    check = SCRIPT["is_signed"]
    hand = Ed25519Signer(private)
    signature = hand.sign(text)
    assert check(hand.key, text, signature)
    place = bit % 512
    turned = bytearray(signature)
    turned[place // 8] ^= 1 << place % 8
    assert not check(hand.key, text, bytes(turned))
    assert not check(hand.key, text + b".", signature)


def test_the_script_knows_a_vector_of_the_rfc() -> None:
    # RFC 8032, section 7.1, test 2.
    key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert SCRIPT["is_signed"](key, b"\x72", signature)
    assert not SCRIPT["is_signed"](key, b"\x73", signature)


def test_the_script_is_short_enough_to_be_read_and_needs_nothing_installed() -> None:
    path = trail.ROOT / "tools" / "verify.py"
    assert len(path.read_text().splitlines()) <= 250
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(path), "--help"], capture_output=True, check=False
    )
    assert done.returncode == 0


@pytest.mark.slow
def test_heads_are_numbered_chained_and_anchored_a_file_each(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with trail.own_trail(django_db_blocker, tmp_path, monkeypatch):
        trail.head(1)
        trail.head(2)
        heads = [read(head.content) for head in Head.objects.order_by("number")]
        assert [head.facts.number for head in heads] == [1, 2, 3]
        assert heads[1].facts.previous == head_hash(heads[0].facts)
        assert [tip.sequence for tip in heads[1].facts.tips] == [12, 4]
        names = ["2026-11-25-000002.json", "2026-11-25.json", "2026-11-26.json"]
        assert sorted(path.name for path in tmp_path.iterdir()) == names
        assert read(json.loads((tmp_path / names[2]).read_text())) == heads[2] == newest_head()
        assert trail.found() == []


@pytest.mark.slow
def test_no_head_is_signed_before_the_last_one_or_over_another_anchor(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with trail.own_trail(django_db_blocker, tmp_path, monkeypatch):
        with pytest.raises(HeadBehind):
            trail.head(0)
        for name in ("2026-11-25.json", "2026-11-25-000002.json"):
            (tmp_path / name).write_text("{}")
        with pytest.raises(AnchorTaken):
            trail.head(1)
        assert Head.objects.count() == 1


@pytest.mark.django_db
def test_after_forty_eight_hours_without_an_anchor_money_waits() -> None:
    last = Head.objects.order_by("-number").first()
    assert last
    demand_anchored(at=last.at + LIMIT)
    with pytest.raises(AnchorTooOld, match="48小时"):
        demand_anchored(at=last.at + LIMIT + timedelta(microseconds=1))


@pytest.mark.django_db
def test_two_named_persons_release_it_for_a_day_with_a_reason() -> None:
    last = Head.objects.order_by("-number").first()
    assert last
    late = last.at + timedelta(days=3)
    with acting(FIRST):
        with pytest.raises(OnePerson):
            release("台风", by=FIRST, second=FIRST, at=late)
        with pytest.raises(OnePerson):
            release("台风", by=FIRST, second=system("37"), at=late)
        with pytest.raises(ReasonMissing):
            release(" ", by=FIRST, second=SECOND, at=late)
        release("台风断网", by=FIRST, second=SECOND, at=late)
        assert Record.objects.get(verb="audit.release").reason == "台风断网"
    demand_anchored(at=late + timedelta(hours=23))
    with pytest.raises(AnchorTooOld):
        demand_anchored(at=late + timedelta(hours=24))


RELEASE = """INSERT INTO audit_release
  (at, until, by_id, by_name, second_id, second_name, reason)
SELECT clock_timestamp() + %s::interval, clock_timestamp() + %s::interval,
  1, '张三', 2, '李四', '台风'
"""


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize(
    ("begins", "ends", "name"),
    [
        ("0", "25 hours", "audit_release_a_day"),
        ("1 hour", "2 hours", "a release begins when it is given"),
        ("-1 hour", "2 hours", "a release begins when it is given"),
    ],
)
def test_a_release_for_longer_or_for_another_moment_is_refused_by_the_database(
    begins: str, ends: str, name: str
) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE audit_release ENABLE TRIGGER at_now")
        cursor.execute(RELEASE, ["0", "23 hours"])
        with pytest.raises(IntegrityError, match=name), transaction.atomic(using="owner"):
            cursor.execute(RELEASE, [begins, ends])
        transaction.set_rollback(True, using="owner")


@pytest.mark.slow
def test_the_next_head_publishes_a_release_once(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with trail.own_trail(django_db_blocker, tmp_path, monkeypatch):
        with acting(FIRST):
            release("台风断网", by=FIRST, second=SECOND, at=AT)
        trail.head(2)
        trail.head(3)
        told = [read(head.content).facts.releases for head in Head.objects.order_by("number")]
        assert [[(r.by, r.second, r.reason) for r in one] for one in told] == [
            [], [("张三", "李四", "台风断网")], [],
        ]  # fmt: skip
        assert trail.found_outside(tmp_path, tmp_path.parent)[1] == []


def test_the_anchors_of_a_dropped_database_are_laid_aside_and_others_are_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, others = tmp_path / "state" / "anchor", tmp_path / "elsewhere"
    for folder in (own, others):
        folder.mkdir(parents=True)
        (folder / "2026-11-24.json").write_text("{}")
    monkeypatch.setenv("YANGGUANG_STATE", str(own.parent))
    monkeypatch.setenv("YANGGUANG_ANCHOR", str(others))
    lay_aside()
    assert own.exists()
    monkeypatch.delenv("YANGGUANG_ANCHOR")
    lay_aside()
    assert not own.exists()
    assert (own.parent / "anchor-001" / "2026-11-24.json").exists()
    assert others.exists()

"""No history is rewritten unseen: each way of tampering is named, by two verifiers alike."""

import json
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests import trail
from yangguang.foundation.audit.rules.heads import message, read, written
from yangguang.foundation.audit.types import SignedHead
from yangguang.foundation.walls.signing import Ed25519Signer, signer

pytestmark = pytest.mark.slow

FIRST, SECOND = "370112", "370113"
_LATER = "UPDATE audit_record SET at = at + interval '1 microsecond' WHERE id = {}"
_AT = "(SELECT record_id FROM audit_link WHERE shard = '370112' AND sequence = {})"


def sql(*statements: str) -> Callable[[Path], None]:
    return lambda anchors: trail.tamper(*statements)


def rebuilt(anchors: Path) -> None:
    trail.tamper(f"UPDATE audit_record SET reason = '新' WHERE id = {_AT.format(3)}")
    trail.rebuild()


def shortened_and_rebuilt(anchors: Path) -> None:
    trail.tamper(f"DELETE FROM audit_record WHERE id = {_AT.format(3)}")
    trail.rebuild()


def cut_off(anchors: Path) -> None:
    trail.tamper(
        "DELETE FROM audit_record r USING audit_link l WHERE l.record_id = r.id"
        " AND l.shard = '370112' AND l.sequence > 6",
        "DELETE FROM audit_link WHERE shard = '370112' AND sequence > 6",
    )


def gone_altogether(anchors: Path) -> None:
    trail.tamper(
        *(f"DELETE FROM {table}" for table in ("audit_link", "audit_record", "audit_shard"))
    )


def forged(anchors: Path) -> None:
    """Sign the head anew with another key, in the table and in the anchor."""
    (path,) = anchors.glob("*.json")
    head = json.loads(path.read_text())
    head["key"] = Ed25519Signer(bytes(32)).key.hex()
    path.write_text(json.dumps(head))
    trail.tamper(f"UPDATE audit_head SET content = '{json.dumps(head)}'")


def signed_twice(anchors: Path) -> None:
    """Sign with the true key another head of the same number, and lay it beside the first."""
    (path,) = anchors.glob("*.json")
    facts = read(json.loads(path.read_text())).facts
    other = replace(facts, tips=facts.tips[:1])
    hand = signer()
    head = SignedHead(other, hand.algorithm, hand.key, hand.sign(message(other)))
    (anchors / "2026-11-25_.json").write_text(json.dumps(written(head)))
    trail.tamper(f"UPDATE audit_head SET content = '{json.dumps(written(head))}'")


def anchor_lost(anchors: Path) -> None:
    (path,) = anchors.glob("*.json")
    path.unlink()


def anchor_spoilt(anchors: Path) -> None:
    (path,) = anchors.glob("*.json")
    path.write_text(path.read_text().replace('"sequence"', "").replace("370113", "370114"))


CASES: dict[str, tuple[Callable[[Path], None], list[tuple[str, str, int]]]] = {
    "nothing": (sql(), []),
    "edited": (
        sql(f"UPDATE audit_record SET reason = '新' WHERE id = {_AT.format(3)}"),
        [("edited", FIRST, 3)],
    ),
    "another person": (
        sql(f"UPDATE audit_record SET actor_name = '李四' WHERE id = {_AT.format(12)}"),
        [("edited", FIRST, 12)],
    ),
    "a microsecond later": (
        sql(
            f"UPDATE audit_record SET at = at + interval '1 microsecond' WHERE id = {_AT.format(1)}"
        ),
        [("edited", FIRST, 1)],
    ),
    "words moved between fields": (
        sql(f"UPDATE audit_record SET reason = '理', ground = '由' WHERE id = {_AT.format(2)}"),
        [("edited", FIRST, 2)],
    ),
    "deleted": (
        sql(f"DELETE FROM audit_record WHERE id = {_AT.format(5)}"),
        [("deleted", FIRST, 5)],
    ),
    "deleted with its link": (
        sql(
            f"DELETE FROM audit_record WHERE id = {_AT.format(5)}",
            "DELETE FROM audit_link WHERE shard = '370112' AND sequence = 5",
        ),
        [("gap", FIRST, 5)],
    ),
    "link deleted": (
        sql("DELETE FROM audit_link WHERE shard = '370112' AND sequence = 5"),
        [("gap", FIRST, 5), ("unlinked", FIRST, 0)],
    ),
    "two records exchanged": (
        sql(
            "UPDATE audit_link SET record_id = -record_id"
            " WHERE shard = '370112' AND sequence IN (5, 6)",
            "UPDATE audit_link l SET record_id = -o.record_id FROM audit_link o"
            " WHERE l.shard = '370112' AND l.sequence = 5 AND o.shard = l.shard AND o.sequence = 6",
            "UPDATE audit_link l SET record_id = (SELECT max(id) FROM audit_record r WHERE NOT"
            " EXISTS (SELECT FROM audit_link o WHERE o.record_id = r.id))"
            " WHERE l.shard = '370112' AND l.sequence = 6",
        ),
        [("reordered", FIRST, 5), ("reordered", FIRST, 6)],
    ),
    "rebuilt after an edit": (rebuilt, [("rebuilt", FIRST, 8)]),
    "rebuilt after a deletion": (shortened_and_rebuilt, [("rebuilt", FIRST, 8)]),
    "tail cut off": (cut_off, [("truncated", FIRST, 7)]),
    "everything gone": (gone_altogether, [("truncated", FIRST, 1), ("truncated", SECOND, 1)]),
    "slipped in past the trigger": (
        sql(
            "INSERT INTO audit_record (at, verb, object_kind, object_key, area_code, actor_id,"
            " actor_name, actor_role, reason, ground, digest, before, after, root) SELECT at, verb,"
            " object_kind, object_key, area_code, actor_id, actor_name, actor_role, reason, ground,"
            f" digest, before, after, root FROM audit_record WHERE id = {_AT.format(1)}"
        ),
        [("unlinked", FIRST, 0)],
    ),
    "head deleted": (sql("DELETE FROM audit_head"), [("head_missing", "", 1)]),
    "head signed by another": (forged, [("head_unsound", "", 1)]),
    "head signed twice": (signed_twice, [("head_unsound", "", 1)]),
    "anchor lost": (anchor_lost, [("head_missing", "", 1)]),
    "anchor spoilt": (anchor_spoilt, [("head_unsound", "", 1)]),
}


@pytest.mark.requirement(82)
@pytest.mark.parametrize("case", CASES)
def test_each_way_of_tampering_is_named_by_both_verifiers(
    case: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tamper, expected = CASES[case]
    anchors = tmp_path / "anchors"
    with trail.own_trail(django_db_blocker, anchors, monkeypatch):
        tamper(anchors)
        assert trail.found() == expected
        assert trail.found_outside(anchors, tmp_path) == (bool(expected), expected)


def test_records_from_before_the_chain_are_linked_by_its_migration_as_by_the_trigger(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    migration = import_module("yangguang.foundation.audit.migrations.0004_chain")
    with trail.own_trail(django_db_blocker, tmp_path, monkeypatch):
        trail.tamper("DELETE FROM audit_link", "DELETE FROM audit_shard")
        assert ("unlinked", FIRST, 0) in trail.found()
        trail.tamper(migration.LINK_ALL)
        assert trail.found() == []

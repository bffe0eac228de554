"""A manifest is believed whole or not at all; contents are compared to the last row."""

import json
from datetime import UTC, datetime

import pytest

from yangguang.foundation.vault.rules.manifest import (
    CONTENTS,
    DATABASE,
    FILES,
    KEYS,
    Contents,
    Manifest,
    Part,
    Table,
    differences,
    read_contents,
    read_manifest,
    salt_of,
    write_contents,
    write_manifest,
)
from yangguang.foundation.vault.rules.parts import BackupDamaged

MASTER = bytes(range(32))
MADE = Manifest(
    datetime(2026, 11, 24, 2, 0, tzinfo=UTC),
    bytes(16),
    tuple(Part(name, 100, "0" * 64) for name in (DATABASE, FILES, CONTENTS, KEYS)),
)
HELD = Contents(
    {"registry_person": Table(2, "1:2"), "audit_record": Table(0, "0:0")},
    {"ledger_payment.amount_fen": 5},
    {"files/a.jpg": "00"},
)


def test_a_manifest_is_read_as_written() -> None:
    data = write_manifest(MADE, MASTER)
    assert salt_of(data) == MADE.salt
    assert read_manifest(data, MASTER) == MADE
    assert MADE.part(FILES).name == FILES


def test_another_passphrase_does_not_read_it() -> None:
    with pytest.raises(BackupDamaged, match="口令"):
        read_manifest(write_manifest(MADE, MASTER), bytes(32))


@pytest.mark.parametrize(
    ("place", "value"), [("made_at", "2026-11-25T02:00:00+00:00"), ("salt", "ff" * 16), ("hmac", 0)]
)
def test_a_manifest_altered_anywhere_is_refused(place: str, value: object) -> None:
    told = json.loads(write_manifest(MADE, MASTER))
    told[place] = value
    with pytest.raises(BackupDamaged):
        read_manifest(json.dumps(told).encode(), MASTER)


def test_a_part_taken_out_or_altered_is_refused() -> None:
    told = json.loads(write_manifest(MADE, MASTER))
    with pytest.raises(BackupDamaged):
        read_manifest(json.dumps({**told, "parts": told["parts"][:3]}).encode(), MASTER)
    told["parts"][0]["sha256"] = "1" * 64
    with pytest.raises(BackupDamaged):
        read_manifest(json.dumps(told).encode(), MASTER)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"format": 2}', b'{"format": 1}', b"\xff"])
def test_what_is_no_manifest_is_refused(data: bytes) -> None:
    with pytest.raises(BackupDamaged, match="清单"):
        salt_of(data)


def test_contents_are_read_as_written_and_equal_to_themselves() -> None:
    assert read_contents(write_contents(HELD)) == HELD
    assert differences(HELD, HELD) == []


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (Contents({**HELD.tables, "registry_person": Table(1, "1:0")}, HELD.sums, HELD.files),
         "registry_person：备份时2行，现在1行"),
        (Contents({**HELD.tables, "registry_person": Table(2, "1:3")}, HELD.sums, HELD.files),
         "内容不同"),
        (Contents({"registry_person": Table(2, "1:2")}, HELD.sums, HELD.files),
         "audit_record：备份时0行，现在无行"),
        (Contents(HELD.tables, {"ledger_payment.amount_fen": 4}, HELD.files), "5 → 4 分"),
        (Contents(HELD.tables, HELD.sums, {}), "files/a.jpg"),
    ],
)  # fmt: skip
def test_whatever_differs_is_named(other: Contents, said: str) -> None:
    (one,) = differences(HELD, other)
    assert said in one
    assert len(differences(other, HELD)) == 1

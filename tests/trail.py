"""The trail of a test database: its first head, and a trail of one's own to tamper with."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections, transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from yangguang.foundation.audit import queries
from yangguang.foundation.audit.actions import record, sign_head
from yangguang.foundation.audit.anchors import anchor_folder
from yangguang.foundation.audit.types import Finding
from yangguang.foundation.walls.context import acting, system
from yangguang.foundation.walls.signing import signer

ROOT = Path(__file__).parents[1]
AT = datetime(2026, 11, 24, 2, 0, 0, 123456, tzinfo=UTC)
COUNTY, OTHER, CITY = "370112011201", "370113000000", "370100000000"
TABLES = ("audit_release", "audit_head", "audit_link", "audit_record")


def anchor(at: datetime) -> None:
    """Sign a head that is fresh at `at` and on the day of the run, which real requests live on."""
    moment = max(at, timezone.now())
    sign_head(on=timezone.localdate(moment), at=moment, by=system(""))


def write(area_code: str = COUNTY, *, count: int = 1, reason: str = "理由") -> None:
    """Commit so many records, each in a transaction of its own."""
    for key in range(count):
        with acting(system("37")) as actor:
            record(
                "test.verb", kind="thing", key=key, area_code=area_code, by=actor, at=AT,
                reason=reason,
            )  # fmt: skip


def head(day: int) -> None:
    """Sign and anchor the head of a day after the first."""
    at = AT + timedelta(days=day)
    sign_head(on=at.date(), at=at, by=system(""))


@contextmanager
def own_trail(
    blocker: DjangoDbBlocker, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Give an empty trail with an anchor folder of its own; afterwards the usual one stands again.

    Holds eight records of one county and four of another, a head over them, and four more of the
    first behind it.
    """
    with blocker.unblock():
        clear()
        try:
            with monkeypatch.context() as patched:
                patched.setenv("YANGGUANG_ANCHOR", str(folder))
                write(count=8)
                write(OTHER, count=4)
                head(1)
                write(count=4)
                yield folder
        finally:
            clear()
            for path in anchor_folder().glob("*.json"):
                path.unlink()
            anchor(AT)
            connections["default"].close()
            connections["owner"].close()


def clear() -> None:
    """Take the whole trail away, as only its owner can who lays the triggers aside."""
    tamper("DELETE FROM audit_release", "DELETE FROM audit_head")
    clear_chains()


def clear_chains() -> None:
    """Take all records and chains away, and leave the heads."""
    tamper("DELETE FROM audit_link", "DELETE FROM audit_shard", "DELETE FROM audit_record")


def tamper(*statements: str) -> None:
    """Do what an owner of the database could do behind everybody's back."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE audit_record NO FORCE ROW LEVEL SECURITY")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("ALTER TABLE audit_record FORCE ROW LEVEL SECURITY")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        # Tests release at moments of their own.
        cursor.execute("ALTER TABLE audit_release DISABLE TRIGGER at_now")


def rebuild() -> None:
    """Chain all records anew over what they say now, as a forger with the owner's rights would."""
    tamper(
        "DELETE FROM audit_link",
        "DELETE FROM audit_shard",
        """DO $$ DECLARE r audit_record; BEGIN
          FOR r IN SELECT * FROM audit_record ORDER BY id LOOP
            PERFORM audit_lock_shard(audit_shard_of(r.area_code)); PERFORM audit_append(r);
          END LOOP; END $$""",
    )


def found() -> list[tuple[str, str, int]]:
    """Verify by the program; give fault, shard and sequence of each finding."""
    with transaction.atomic():
        return _short(queries.verify().findings)


def found_outside(anchors: Path, folder: Path) -> tuple[int, list[tuple[str, str, int]]]:
    """Verify by the stand-alone script in a process of its own; give its exit and the findings."""
    export = folder / "export.jsonl"
    with transaction.atomic(), export.open("w") as file:
        file.writelines(json.dumps(line) + "\n" for line in queries.exported())
    command = [
        sys.executable, "-I", str(ROOT / "tools" / "verify.py"), str(export),
        "--anchors", str(anchors), "--key", signer().key.hex(), "--json",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    return done.returncode, [(fault, shard, sequence) for fault, shard, sequence, _ in
                             told["findings"]]  # fmt: skip


def _short(findings: tuple[Finding, ...]) -> list[tuple[str, str, int]]:
    return [(one.fault.value, one.shard, one.sequence) for one in findings]

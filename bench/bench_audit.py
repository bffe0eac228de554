"""The trail: a million records verified, by the program and by the stand-alone script."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection, transaction
from django.utils import timezone

from bench.measure import Result, timed
from yangguang.foundation.audit import queries
from yangguang.foundation.audit.actions import sign_head
from yangguang.foundation.audit.anchors import anchor_folder
from yangguang.foundation.audit.models import Record
from yangguang.foundation.walls.context import acting, system
from yangguang.foundation.walls.signing import signer

ROWS = 1_000_000
EACH = 100_000
RATE = 100_000
TITLE = "留痕核验"
SCRIPT = Path(__file__).resolve().parent.parent / "tools" / "verify.py"

_FILL = """
INSERT INTO audit_record (at, verb, object_kind, object_key, area_code, actor_id, actor_name,
  actor_role, reason, ground, digest, before, after, root)
SELECT now(), 'registry.correct_household_facts', 'household', n::text,
  '3701' || lpad((1 + n %% 12)::text, 2, '0') || '001001', n %% 500, '经办人', 'township_reviewer',
  '入户核实后更正', '', sha256(n::text::bytea), '', '', ''
FROM generate_series(1, %s) AS n
"""


def prepare() -> None:
    """Fill the trail up to a million records, linked by the trigger as all are; anchor it."""
    with acting(system("3701")):
        missing = ROWS - Record.objects.count()
    while missing > 0:
        with acting(system("3701")), connection.cursor() as cursor:
            cursor.execute(_FILL, [min(EACH, missing)])
        missing -= EACH
    at = datetime.now(UTC)
    sign_head(on=timezone.localdate(at), at=at, by=system(""))


def linking() -> list[Result]:
    """Write records with and without the chain's triggers, in one transaction that is undone."""
    count = 20_000

    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute(_FILL, [count])
            cursor.execute("SET CONSTRAINTS audit_linked IMMEDIATE")

    with acting(system("3701")):
        seconds = timed(write)
        transaction.set_rollback(True)
    return [
        Result(
            f"写入{count:,}条留痕并入链（一个事务）", seconds, None, f"每秒{count / seconds:,.0f}条"
        )
    ]


def verifying() -> list[Result]:
    """Verify everything by the program, then an export of it by the script."""
    with transaction.atomic():
        seconds = timed(lambda: _sound(queries.verify().is_sound))
    with acting(system("3701")):
        rows = Record.objects.count()
    ours = Result(
        f"yangguang audit verify：{rows:,}条留痕", seconds, None,
        f"每秒{rows / seconds:,.0f}条；要求每秒{RATE:,}条", limit=rows / RATE,
    )  # fmt: skip
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trail.jsonl"
        with transaction.atomic(), path.open("w") as file:
            lines = queries.exported()
            writing = timed(lambda: file.writelines(f"{json.dumps(line)}\n" for line in lines))
        script = timed(lambda: _by_script(path))
    return [
        ours,
        Result("yangguang audit export：同样的留痕", writing, None, f"每秒{rows / writing:,.0f}条"),
        Result("verify.py：导出的同样留痕", script, None, f"每秒{rows / script:,.0f}条"),
    ]


def _by_script(path: Path) -> None:
    command = [sys.executable, "-I", str(SCRIPT), str(path), "--anchors", str(anchor_folder()),
               "--key", signer().key.hex()]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)


def _sound(sound: object) -> None:
    if not sound:
        raise RuntimeError("the trail of the bench is not sound")


BENCHES = [linking, verifying]

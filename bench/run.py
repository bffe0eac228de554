"""`python -m bench.run [NAME …]`: runs the benches and writes docs/benchmarks.md."""

import os
import sys
import traceback
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("YANGGUANG_STATE", str(ROOT / ".state" / "bench"))

from bench import table  # noqa: E402
from bench.measure import Result  # noqa: E402
from yangguang.config.command import ready  # noqa: E402


def main(names: list[str]) -> int:
    """Run the named benches, by default all; each rewrites its own part of the document."""
    ready()
    found = sorted(path.stem.removeprefix("bench_") for path in (ROOT / "bench").glob("bench_*.py"))
    unknown = [name for name in names if name not in found]
    if unknown:
        print(f"no bench named {', '.join(unknown)}; there are {', '.join(found)}", file=sys.stderr)
        return 2
    failed = []
    for name in names or found:
        module = import_module(f"bench.bench_{name}")
        try:
            results = run(module)
        except Exception:  # one bench that breaks must not cost the others their figures
            traceback.print_exc()
            failed.append(name)
            continue
        on = datetime.now(UTC).date()
        table.show(module.TITLE, results)
        table.write(ROOT / "docs" / "benchmarks.md", module.TITLE, results, server(), on)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def run(module: Any) -> list[Result]:
    """Run one module: its `prepare`, then its BENCHES."""
    if hasattr(module, "prepare"):
        module.prepare()
        analyse()
    return [result for bench in module.BENCHES for result in bench()]


def analyse() -> None:
    """Let the planner know what was loaded, as autovacuum would a little later."""
    import psycopg

    from yangguang.config import database

    with psycopg.connect(database.owner_address().conninfo(), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")


def server() -> str:
    """Give the version of the PostgreSQL that was measured."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        row = cursor.fetchone()
    return str(row[0]).split()[0] if row else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`python -m bench.run [NAME …]`: runs the benches and writes their table to docs/benchmarks.md."""

import os
import platform
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "benchmarks.md"
os.environ.setdefault("YANGGUANG_STATE", str(ROOT / ".state" / "bench"))

from bench.measure import Result  # noqa: E402
from yangguang.config.command import ready  # noqa: E402


def main(names: list[str]) -> None:
    """Run the named bench modules, by default all of them, and write the table."""
    ready()
    found = sorted(path.stem for path in (ROOT / "bench").glob("bench_*.py"))
    chosen = [f"bench_{name}" for name in names] or found
    results = [result for name in chosen for result in run(import_module(f"bench.{name}"))]
    write(results)


def run(module: Any) -> list[Result]:
    """Run one module: its `prepare`, then its BENCHES."""
    if hasattr(module, "prepare"):
        module.prepare()
        analyse()
    results = []
    for bench in module.BENCHES:
        for result in bench():
            print(line(result), flush=True)
            results.append(result)
    return results


def analyse() -> None:
    """Let the planner know what was loaded, as autovacuum would a little later."""
    import psycopg

    from yangguang.config import database

    with psycopg.connect(database.owner_address().conninfo(), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")


def line(result: Result) -> str:
    """Give one row of the table."""
    bar = f"≤ {result.most:g}" if result.most is not None else ""
    bar = f"≥ {result.least:g}" if result.least is not None else bar
    met = "" if not bar else ("达到" if result.is_met else "**未达到**")
    ours, bare = _shown(result.ours), _shown(result.bare)
    return (
        f"| {result.name} | {ours} | {bare} | {result.ratio:.2f} | {bar} | {met} | {result.note} |"
    )


def _shown(seconds: float) -> str:
    if seconds < 0.001:
        return f"{seconds * 1e6:.1f} 微秒"
    return f"{seconds * 1000:.1f} 毫秒" if seconds < 1 else f"{seconds:.2f} 秒"


def write(results: list[Result]) -> None:
    """Write the table with the machine it was measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = "、".join(f"{name} {version(name)}" for name in ("polars", "psycopg", "django"))
    head = (
        "# 测得的速度\n\n"
        "两边交替运行，取中位数；比值是同一次运行里我方与裸操作之比（标“≥”的为倍速）。\n\n"
        f"机器：{os.cpu_count()} 核，{memory:.0f} GB 内存，{_processor()}；"
        f"Python {platform.python_version()}，{packages}，PostgreSQL {_server()}。\n\n"
        "| 操作 | 我方 | 裸操作 | 比值 | 目标 | 结果 | 裸操作是什么 |\n"
        "|---|---|---|---|---|---|---|\n"
    )
    TABLE.write_text(head + "\n".join(map(line, results)) + "\n", encoding="utf-8")


def _processor() -> str:
    text = Path("/proc/cpuinfo")
    lines = text.read_text().splitlines() if text.exists() else []
    names = [row.split(":", 1)[1].strip() for row in lines if row.startswith("model name")]
    return names[0] if names else platform.processor()


def _server() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        row = cursor.fetchone()
    return str(row[0]) if row else ""


if __name__ == "__main__":
    main(sys.argv[1:])

"""The export: a city's payment rows as a workbook, against openpyxl write-only."""

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.measure import Result

ROWS = int(os.environ.get("BENCH_ROWS", "84498"))
FEW = ROWS * 20_000 // 84_498
ROUNDS = 3
SAME = 1.1
TITLE = "发放清单导出"


def export() -> list[Result]:
    """Write the rows by both in turns, each in a fresh process; then fewer rows for the memory."""
    ours: list[float] = []
    bare: list[float] = []
    many: list[float] = []
    few: list[float] = []
    with TemporaryDirectory(prefix="yangguang-bench-") as folder:
        path = Path(folder) / "payments.xlsx"
        for _ in range(ROUNDS):
            seconds, peak = _child("write", path, ROWS)
            ours.append(seconds)
            many.append(peak)
            bare.append(_child("openpyxl", path, ROWS)[0])
            few.append(_child("write", path, FEW)[1])
    return [
        Result(
            f"{ROWS:,} 条支付记录写成 xlsx", median(ours), median(bare),
            "openpyxl 只写模式写同样的 11 列；行由同一个生成器给出", least=3,
        ),
        Result(
            f"内存峰值：{ROWS:,} 行与 {FEW:,} 行之比", median(many), median(few),
            f"独立进程的整体峰值；不随行数增长：相差不到 {SAME - 1:.0%}", most=SAME, unit="GB",
        ),
    ]  # fmt: skip


def _child(verb: str, path: Path, rows: int) -> tuple[float, float]:
    command = [sys.executable, "-m", "bench.exports", verb, str(path), str(rows)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, peak = (float(word) for word in done.stdout.split())
    return seconds, peak


BENCHES = [export]

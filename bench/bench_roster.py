"""The roster: a city's rows read, checked and in the database, against openpyxl merely parsing."""

import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.measure import Result
from bench.rosters import make_roster
from yangguang.foundation.divisions.queries import villages

ROWS = 155_388
ROUNDS = 3
LARGEST_GB = 700 / 1024
TITLE = "名册导入"


def roster() -> list[Result]:
    """Take the roster and parse it in turns, each in a fresh process; what is taken is undone."""
    ours: list[float] = []
    bare: list[float] = []
    peaks: list[float] = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        make_roster(path, ROWS, [view.code for view in villages("3701")])
        for _ in range(ROUNDS):
            seconds, peak, _ = _child("take", path)
            ours.append(seconds)
            peaks.append(peak)
            bare.extend(_child("parse", path))
    return [
        Result(
            f"名册{ROWS}行×25列：读、查、入库", median(ours), median(bare), "openpyxl 只读地走一遍",
            least=6,
        ),
        Result(
            "名册入库的内存峰值", max(peaks), None, "700 MB；读表另起进程，取两者中大的",
            limit=LARGEST_GB, unit="GB",
        ),
    ]  # fmt: skip


def _child(verb: str, path: Path) -> list[float]:
    command = [sys.executable, "-m", "bench.rosters", verb, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(word) for word in done.stdout.split()]


BENCHES = [roster]

"""Ours against the bare work on the same rows: alternately, in one run, by medians."""

import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table: what ours took, what the bare work took, and what was asked.

    Numbers are seconds, or what `unit` says. `most` is the largest ratio wanted, `least` the
    smallest speed-up (`is_speed` shows one without asking), `limit` the largest number of ours;
    `bar` says in words what `is_held` alone can tell. `note` says what was compared.
    """

    name: str
    ours: float
    bare: float | None
    note: str
    most: float | None = None
    least: float | None = None
    limit: float | None = None
    is_speed: bool = False
    unit: str = "秒"
    bar: str = ""
    is_held: bool = True

    @property
    def ratio(self) -> float | None:
        """Give ours over bare, or bare over ours where a bar is a speed-up."""
        if self.bare is None:
            return None
        return self.bare / self.ours if self.shows_speed else self.ours / self.bare

    @property
    def shows_speed(self) -> bool:
        """Tell whether the ratio is a speed-up."""
        return self.is_speed or self.least is not None

    @property
    def has_bar(self) -> bool:
        """Tell whether anything was asked."""
        bars = (self.most, self.least, self.limit)
        return bool(self.bar) or any(bar is not None for bar in bars)

    @property
    def is_met(self) -> bool:
        """Tell whether every bar is met."""
        ratio = self.ratio
        return (
            self.is_held
            and (self.limit is None or self.ours <= self.limit)
            and (ratio is None or self.most is None or ratio <= self.most)
            and (ratio is None or self.least is None or ratio >= self.least)
        )


def alternately(
    ours: Callable[[], object],
    bare: Callable[[], object],
    *,
    rounds: int = 3,
    before: Callable[[], object] = lambda: None,
) -> tuple[float, float]:
    """Time both in turns and give the medians, seconds; `before` runs untimed ahead of each."""
    mine: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        for one, times in ((ours, mine), (bare, theirs)):
            before()
            times.append(timed(one))
    return median(mine), median(theirs)


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that some work takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def peak_gb() -> float:
    """Give the largest memory that this process has held, GB.

    Not `ru_maxrss` on Linux: that one starts with what the parent held.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 2**20
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes / (2**30 if sys.platform == "darwin" else 2**20)


def percentile(times: list[float], share: float) -> float:
    """Give the time that a share of all times does not exceed."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]

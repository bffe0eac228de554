"""Ours against the bare work on the same rows: alternately, in one run, by medians."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table: seconds of ours and of the bare work, and what the ratio should be.

    `most` is the largest ratio wanted, `least` the smallest; `note` says what was compared.
    """

    name: str
    ours: float
    bare: float
    note: str
    most: float | None = None
    least: float | None = None

    @property
    def ratio(self) -> float:
        """Give ours over bare, or bare over ours where a bar is a speed-up."""
        return self.bare / self.ours if self.least is not None else self.ours / self.bare

    @property
    def is_met(self) -> bool:
        """Tell whether the bar is met."""
        if self.least is not None:
            return self.ratio >= self.least
        return self.most is None or self.ratio <= self.most


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


def percentile(times: list[float], share: float) -> float:
    """Give the time that a share of all times does not exceed."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]

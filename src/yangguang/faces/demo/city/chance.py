"""Chance from a seed: weighted tables drawn by bisection, and skewed amounts."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from math import exp
from random import Random


class Table[T]:
    """A list of outcomes with weights, drawn in a few hundred nanoseconds."""

    def __init__(self, weighted: Sequence[tuple[T, float]]) -> None:
        """Keep the outcomes and the running sum of their weights."""
        self._outcomes = [outcome for outcome, _ in weighted]
        self._sums = list(accumulate(weight for _, weight in weighted))
        self._total = self._sums[-1]

    def draw(self, rng: Random) -> T:
        """Draw one outcome."""
        return self._outcomes[bisect(self._sums, rng.random() * self._total)]


def fen(rng: Random, median: float, sigma: float, cap: float, step: int = 10) -> int:
    """Draw a heavy-tailed amount (log-normal, yuan) and give fen, rounded to `step` yuan."""
    yuan = min(cap, median * exp(sigma * rng.gauss(0.0, 1.0)))
    return max(step, int(yuan / step + 0.5) * step) * 100


def between(rng: Random, low: float, high: float, step: int = 10) -> int:
    """Draw an even amount between two yuan and give fen, rounded to `step` yuan."""
    return int((low + (high - low) * rng.random()) / step + 0.5) * step * 100


def apportion(total: int, shares: Sequence[float]) -> list[int]:
    """Split a count by shares so that the parts sum to it (largest remainders)."""
    whole = sum(shares)
    exact = [total * share / whole for share in shares]
    parts = [int(part) for part in exact]
    rest = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in rest[: total - sum(parts)]:
        parts[i] += 1
    return parts


def spread(total: int, weights: Sequence[float], rng: Random) -> list[int]:
    """Place a count over weights by systematic sampling: proportional at any size, exact in sum."""
    step = sum(weights) / total if total else 1.0
    mark, reached, parts = rng.random() * step, 0.0, []
    left = total
    for weight in weights:
        reached += weight
        count = max(0, int((reached - mark) / step) + 1) if reached > mark else 0
        count = min(count, left)
        mark += count * step
        left -= count
        parts.append(count)
    # Rounding of the running sum can leave the last one over.
    parts[-1] += left
    return parts

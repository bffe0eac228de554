"""Piecewise linear points: how the index turns a ratio into a score."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from math import isfinite

from yangguang.foundation.kernel.refusals import Refusal

type Knots = tuple[tuple[float, float], ...]


class KnotsError(Refusal):
    """A list of knots does not describe a curve."""

    def __init__(self, why: str) -> None:
        """Say in Chinese what is wrong with the list."""
        super().__init__(f"折线节点有误：{why}。请按横坐标从小到大逐个写出至少一个节点。")


def check_knots(points: Iterable[Iterable[float]]) -> Knots:
    """Make knots from pairs (x, y) when policy is loaded: finite, x strictly rising.

    Raises KnotsError.
    """
    pairs = [tuple(float(number) for number in point) for point in points]
    if not pairs or any(len(pair) != 2 for pair in pairs):
        raise KnotsError("每个节点应是一对数")
    if not all(isfinite(number) for pair in pairs for number in pair):
        raise KnotsError("节点应是有限的数")
    for (left, _), (right, _) in pairwise(pairs):
        if left >= right:
            raise KnotsError(f"横坐标{left:g}之后应更大，却是{right:g}")
    return tuple((x, y) for x, y in pairs)


def knots(x: float, points: Knots) -> float:
    """Give the height of the curve at x: linear between knots, flat outside the ends."""
    place = bisect_right(points, x, key=lambda point: point[0])
    if place == 0:
        return points[0][1]
    if place == len(points):
        return points[-1][1]
    (x0, y0), (x1, y1) = points[place - 1], points[place]
    return y0 + (x - x0) * (y1 - y0) / (x1 - x0)

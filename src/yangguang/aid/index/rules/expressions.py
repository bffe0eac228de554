"""The arithmetic of `arithmetic.py` as Narwhals expressions, the same to the last bit."""

from itertools import pairwise
from math import frexp

import narwhals as nw

from yangguang.aid.index.rules.arithmetic import (
    DAY_SHIFT,
    LEFT_MOST,
    LEFT_SHIFT,
    SCORE_SHIFT,
    TIME_SHIFT,
    WHOLE,
    nano,
)
from yangguang.aid.index.rules.reading import Curve


def rounded_of(x: nw.Expr, decimals: int, like: nw.Expr) -> nw.Expr:
    """Round as `rounded` does; `like` any column of finite numbers."""
    scale = 10.0**decimals
    return over((x * scale + WHOLE) - WHOLE, scale, like)


def over(x: nw.Expr, by: float, like: nw.Expr) -> nw.Expr:
    """Divide by a constant, correctly rounded.

    Polars multiplies by the reciprocal of a constant, which is a bit off unless it is a power of
    two; so the constant is made a column, from `like`, any column of finite numbers.
    """
    if frexp(by)[0] == 0.5:
        return x / by
    return x / (like * 0.0 + by)


def along(x: nw.Expr, curve: Curve, like: nw.Expr) -> nw.Expr:
    """Give the height of a curve at x as an expression; the same operations as kernel `knots`."""
    points = curve.points
    result: nw.Expr = nw.lit(points[-1][1])
    for (x0, y0), (x1, y1) in reversed(list(pairwise(points))):
        height = over((x - x0) * (y1 - y0), x1 - x0, like) + y0
        result = nw.when(x < x1).then(height).otherwise(result)
    return nw.when(x < points[0][0]).then(nw.lit(points[0][1])).otherwise(result)


def order_key_of(*, ordinal: nw.Expr) -> nw.Expr:
    """Give the order key from columns a, h, left, accepted, number; `ordinal` 0 when never paid."""
    parts = order_parts(ordinal=ordinal).values()
    return nw.concat_str([*(part.cast(nw.String) for part in parts), nw.col("number")])


def order_parts(*, ordinal: nw.Expr) -> dict[str, nw.Expr]:
    """Give the whole numbers, Int64, that stand before the household number in an order key.

    From columns a, h, left, accepted; ascending, one after the other, they give the same order.
    """
    left = nw.min_horizontal(
        nw.max_horizontal(nano(nw.col("left")), nw.lit(-LEFT_MOST)), nw.lit(LEFT_MOST)
    )
    return {
        "order_a": (SCORE_SHIFT - nano(nw.col("a"))).cast(nw.Int64),
        "order_h": (SCORE_SHIFT - nano(nw.col("h"))).cast(nw.Int64),
        "order_left": left.cast(nw.Int64) + LEFT_SHIFT,
        "order_day": ordinal + DAY_SHIFT,
        "order_accepted": nw.col("accepted") + TIME_SHIFT,
    }

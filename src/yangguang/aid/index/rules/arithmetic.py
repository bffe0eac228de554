"""Arithmetic that is the same to the last bit in Python, Polars and Spark, so that orders agree.

Three things could part the engines: how a constant divides, how halves are rounded and in which
order sums are taken. Constants divide as columns (see `over`). Rounding is done by adding and taking away a large number, which every IEEE 754 machine rounds half to even.
Sums of money are taken in two limbs on binary grids so coarse that every partial sum is exact, and
an exact sum has no order.
"""

from datetime import date
from itertools import pairwise
from math import frexp

import narwhals as nw

from yangguang.aid.index.rules.reading import Curve

_WHOLE = 1.5 * 2.0**52  # adding it leaves no bit below 1
_COARSE = 1.5 * 2.0**32  # adding it leaves no bit below 2⁻²⁰ (a millionth of a yuan)
_FINE = 1.5 * 2.0**-8  # adding it leaves no bit below 2⁻⁶⁰
_NANO = 1e9

_LEFT_MOST = 4e18
_LEFT_SHIFT = 5 * 10**18
_SCORE_SHIFT = 2e11
_DAY_SHIFT = 10**6
_TIME_SHIFT = 2 * 10**17


def rounded(x: float, decimals: int) -> float:
    """Round to so many decimals, half to even; -0.0 becomes 0.0."""
    scale = 10.0**decimals
    return ((x * scale + _WHOLE) - _WHOLE) / scale


def rounded_of(x: nw.Expr, decimals: int, like: nw.Expr) -> nw.Expr:
    """Round as `rounded` does; `like` any column of finite numbers."""
    scale = 10.0**decimals
    return over((x * scale + _WHOLE) - _WHOLE, scale, like)


def over(x: nw.Expr, by: float, like: nw.Expr) -> nw.Expr:
    """Divide by a constant, correctly rounded.

    Polars multiplies by the reciprocal of a constant, which is a bit off unless it is a power of
    two; so the constant is made a column, from `like`, any column of finite numbers.
    """
    if frexp(by)[0] == 0.5:
        return x / by
    return x / (like * 0.0 + by)


def limbs[N: (float, nw.Expr)](x: N) -> tuple[N, N]:
    """Split yuan into a coarse and a fine part, whose sums are exact in any order.

    Exact for sums up to 2³² yuan and amounts of a fen or more; beyond, the last bit may differ.
    """
    coarse = (x + _COARSE) - _COARSE
    fine = ((x - coarse) + _FINE) - _FINE
    return coarse, fine


def along(x: nw.Expr, curve: Curve, like: nw.Expr) -> nw.Expr:
    """Give the height of a curve at x as an expression; the same operations as kernel `knots`."""
    points = curve.points
    result: nw.Expr = nw.lit(points[-1][1])
    for (x0, y0), (x1, y1) in reversed(list(pairwise(points))):
        height = over((x - x0) * (y1 - y0), x1 - x0, like) + y0
        result = nw.when(x < x1).then(height).otherwise(result)
    return nw.when(x < points[0][0]).then(nw.lit(points[0][1])).otherwise(result)


def order_key(
    *, a: float, h: float, left: float, last_payment: date | None, accepted: int, number: str
) -> str:
    """Give one text whose ascending C order is the model's order of families.

    A ↓, H ↓, y − r ↑, last counted payment ↑ (never first), accepted ↑, number ↑. Each number is
    written with a fixed count of digits: 12 + 12 + 19 + 7 + 18, then the household number.
    `left` in yuan a head and month, beyond ±4 thousand million all alike; `accepted` in
    microseconds since 1970.
    """
    nano = min(max(_nano(left), -_LEFT_MOST), _LEFT_MOST)
    day = last_payment.toordinal() if last_payment else 0
    return (
        f"{int(_SCORE_SHIFT - _nano(a))}{int(_SCORE_SHIFT - _nano(h))}{int(nano) + _LEFT_SHIFT}"
        f"{day + _DAY_SHIFT}{accepted + _TIME_SHIFT}{number}"
    )


def order_key_of(*, ordinal: nw.Expr) -> nw.Expr:
    """Give the order key from columns a, h, left, accepted, number; `ordinal` 0 when never paid."""
    left = nw.min_horizontal(
        nw.max_horizontal(_nano(nw.col("left")), nw.lit(-_LEFT_MOST)), nw.lit(_LEFT_MOST)
    )
    parts = (
        (_SCORE_SHIFT - _nano(nw.col("a"))).cast(nw.Int64),
        (_SCORE_SHIFT - _nano(nw.col("h"))).cast(nw.Int64),
        left.cast(nw.Int64) + _LEFT_SHIFT,
        ordinal + _DAY_SHIFT,
        nw.col("accepted") + _TIME_SHIFT,
    )
    return nw.concat_str([*(part.cast(nw.String) for part in parts), nw.col("number")])


def _nano[N: (float, nw.Expr)](x: N) -> N:
    """Give the whole number of thousand-millionths nearest to x."""
    return (x * _NANO + _WHOLE) - _WHOLE

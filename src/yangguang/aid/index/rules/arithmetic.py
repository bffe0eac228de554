"""Arithmetic that is the same to the last bit in Python, Polars and Spark, so that orders agree.

Three things could part the engines: how a constant divides, how halves are rounded, and in which
order sums are taken. Constants divide as columns (see `expressions.over`). Rounding is done by
adding and taking away a large number, which every IEEE 754 machine rounds half to even. Sums of
money are taken in two limbs on binary grids so coarse that every partial sum is exact, and an
exact sum has no order.
"""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import narwhals as nw

WHOLE = 1.5 * 2.0**52  # adding it leaves no bit below 1
_COARSE = 1.5 * 2.0**32  # adding it leaves no bit below 2⁻²⁰ (a millionth of a yuan)
_FINE = 1.5 * 2.0**-8  # adding it leaves no bit below 2⁻⁶⁰
_NANO = 1e9

LEFT_MOST = 4e18
LEFT_SHIFT = 5 * 10**18
SCORE_SHIFT = 2e11
DAY_SHIFT = 10**6
TIME_SHIFT = 2 * 10**17


def rounded(x: float, decimals: int) -> float:
    """Round to so many decimals, half to even; -0.0 becomes 0.0."""
    scale = 10.0**decimals
    return ((x * scale + WHOLE) - WHOLE) / scale


def limbs[N: (float, nw.Expr)](x: N) -> tuple[N, N]:
    """Split yuan into a coarse and a fine part, whose sums are exact in any order.

    Exact for sums up to 2³² yuan and amounts of a fen or more; beyond, the last bit may differ.
    """
    coarse = (x + _COARSE) - _COARSE
    fine = ((x - coarse) + _FINE) - _FINE
    return coarse, fine


def order_key(
    *, a: float, h: float, left: float, last_payment: date | None, accepted: int, number: str
) -> str:
    """Give one text whose ascending C order is the model's order of families.

    A ↓, H ↓, y − r ↑, last counted payment ↑ (never first), accepted ↑, number ↑. Each number is
    written with a fixed count of digits: 12 + 12 + 19 + 7 + 18, then the household number.
    `left` in yuan a head and month, beyond ±4 thousand million all alike; `accepted` in
    microseconds since 1970.
    """
    rest = min(max(nano(left), -LEFT_MOST), LEFT_MOST)
    day = last_payment.toordinal() if last_payment else 0
    return (
        f"{int(SCORE_SHIFT - nano(a))}{int(SCORE_SHIFT - nano(h))}{int(rest) + LEFT_SHIFT}"
        f"{day + DAY_SHIFT}{accepted + TIME_SHIFT}{number}"
    )


def nano[N: (float, nw.Expr)](x: N) -> N:
    """Give the whole number of thousand-millionths nearest to x."""
    return (x * _NANO + WHOLE) - WHOLE

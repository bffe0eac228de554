"""Money is whole fen; yuan exist only at the edge, exactly."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import NewType

from yangguang.foundation.kernel.refusals import Refusal

Fen = NewType("Fen", int)
MOST_FEN = 10**18
"""More than any budget, and held by a column of eight bytes."""

_SCALES = {"": 1, "千": 1_000, "万": 10_000, "百万": 1_000_000, "亿": 100_000_000}
_YUAN = re.compile(
    r"[¥￥]?([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|[-+]?\.\d+)(亿|百万|万|千)?(?:元|圆|块)?整?",
    re.ASCII,
)


class MoneyError(Refusal):
    """An amount cannot be read, or not to the fen."""

    def __init__(self, value: object, why: str) -> None:
        """Keep the value as it stood and say why it is refused."""
        self.value = value
        super().__init__(
            f"看不懂金额“{value}”：{why}。请写成1234.50这样的数，单位元，最多两位小数。"
        )


def fen_from_yuan(yuan: str | Decimal | int) -> Fen:
    """Turn yuan into fen exactly. Raises MoneyError (no number, not finite, below one fen)."""
    try:
        number = Decimal(yuan)
    except InvalidOperation as error:
        raise MoneyError(yuan, "不是数") from error
    return _exact(number, 1, yuan)


def read_yuan(value: str | float) -> Fen:
    """Read an amount as people write it: 1,234.5元, 0.3万, full-width digits, ¥ 300.

    A number from a spreadsheet is taken at the 15 digits that it shows. Raises MoneyError.
    """
    text = f"{value:.15g}" if isinstance(value, int | float) else value
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    found = _YUAN.fullmatch(text)
    if not found:
        raise MoneyError(value, "写法不明" if text else "没有填写")
    return _exact(Decimal(found[1].replace(",", "")), _SCALES[found[2] or ""], value)


def _exact(number: Decimal, scale: int, value: object) -> Fen:
    if not number.is_finite():
        raise MoneyError(value, "不是有限的数")
    try:
        fen = Context(prec=60, traps=[Inexact]).multiply(number, Decimal(100 * scale))
    except Inexact as error:
        raise MoneyError(value, "位数太多") from error
    if abs(fen) > MOST_FEN:
        raise MoneyError(value, "太大")
    if fen != fen.to_integral_value():
        raise MoneyError(value, "精确不到分")
    return Fen(int(fen))


def format_fen(fen: Fen) -> str:
    """Write fen as yuan with two decimals and thousands: 123450 is 1,234.50."""
    sign, whole = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{whole // 100:,}.{whole % 100:02d}"


def share(fen: Fen, part: int, whole: int) -> Fen:
    """Give part/whole of an amount, rounded to the nearest fen, half a fen away from zero.

    Raises MoneyError when whole is not above zero.
    """
    if whole <= 0:
        raise MoneyError(whole, "分母应大于0")
    product = fen * part
    rounded = (2 * abs(product) + whole) // (2 * whole)
    return Fen(rounded if product >= 0 else -rounded)


def split(total: Fen, weights: Sequence[int]) -> list[Fen]:
    """Divide an amount in proportion to whole weights; the parts add up to it to the fen.

    Fen that do not divide go to the largest remainders, the earlier first. Raises MoneyError when
    no weight is above zero or one is below it.
    """
    if min(weights, default=0) < 0 or sum(weights) == 0:
        raise MoneyError(total, "分摊的权数应不小于0，且至少有一个大于0")
    if total < 0:
        return [Fen(-part) for part in split(Fen(-total), weights)]
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return [Fen(part) for part in parts]

"""What the ledger refuses, and how it looks back."""

import calendar
from datetime import date
from typing import Final

from yangguang.families.registry.types import Category
from yangguang.foundation.kernel.refusals import Refusal

# The monthly item that a category in force comes with; {register} is the 户口性质.
LEGACY_ITEMS: Final[dict[str, str]] = {
    Category.DIBAO: "mz-dibao-{register}",
    Category.TEKUN: "mz-tekun",
    Category.ORPHAN: "mz-orphan",
    Category.UNSUPPORTED_CHILD: "mz-unsupported-child",
}


class UnknownRows(Refusal):
    """Households or entries are not on the register, or not within the actor's scope."""


class ReferenceTaken(Refusal):
    """A reference comes again with another content."""


class AmountUnfit(Refusal):
    """An amount, or the choice between one-off and monthly, does not fit."""


class AlreadyStopped(Refusal):
    """The aid has stopped, or is void, or never ran by month."""


class ReasonMissing(Refusal):
    """A verb that needs a reason came without one."""


def months_before(on: date, months: int) -> date:
    """Give the day `months` calendar months before a date; the last of a shorter month counts."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def demand_reason(reason: str) -> str:
    """Give the reason without blanks at its ends. Raises `ReasonMissing` when nothing is left."""
    text = reason.strip()
    if not text:
        raise ReasonMissing("没有填写理由。请写明理由后再提交，理由会留痕备查。")
    return text


def demand_amounts(*, amount_fen: int, monthly_fen: int) -> None:
    """Accept one-off aid with an amount, or continuing aid with a monthly one, in fen.

    Raises `AmountUnfit` for both, neither or anything below zero.
    """
    if min(amount_fen, monthly_fen) < 0 or (amount_fen > 0) == (monthly_fen > 0):
        raise AmountUnfit(
            "一次性救助请只填金额，按月发放请只填月标准，金额应大于0。请核对后重新登记。"
        )

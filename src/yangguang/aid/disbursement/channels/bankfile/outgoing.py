"""The file to the bank: the default layout of one-card payment."""

from collections.abc import Sequence
from dataclasses import dataclass

from yangguang.aid.disbursement.channels.bankfile.layout import frame, unframe
from yangguang.aid.disbursement.types import Encoding


@dataclass(frozen=True, slots=True)
class Payment:
    """One line to the bank; `amount_fen` in fen, `period` as YYYYMM."""

    village_code: str
    household_number: str
    name: str
    number: str
    bank: str
    card: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Order:
    """What all lines of a file share."""

    batch_number: str
    item_code: str
    document: str
    summary: str
    period: str


def make_file(order: Order, payments: Sequence[Payment], *, encoding: Encoding) -> bytes:
    """Give the bytes for the bank; the same order and payments give the same bytes.

    Head: H, batch, count, total in fen, encoding. A line: D, batch (批次号), item (项目代码),
    document (文号), village (行政区划), household (户编号), name (姓名), number (证件号), bank
    (开户行代码), card (卡号), fen (金额), summary (摘要), month (发放年月). End: T, SHA-256 of all
    bytes before it. Raises `FileRefused` naming the row.
    """
    total = sum(payment.amount_fen for payment in payments)
    head = ["H", order.batch_number, str(len(payments)), str(total), encoding.label]
    return frame([head, *(_fields(order, payment) for payment in payments)], encoding=encoding)


def total_of(data: bytes, *, encoding: Encoding) -> int:
    """Add up a file's lines, fen: what the bank will read, whatever its head says."""
    return sum(int(line[10]) for line in unframe(data, encoding=encoding)[1:])


def _fields(order: Order, payment: Payment) -> list[str]:
    return [
        "D",
        order.batch_number,
        order.item_code,
        order.document,
        payment.village_code,
        payment.household_number,
        payment.name,
        payment.number,
        payment.bank,
        payment.card,
        str(payment.amount_fen),
        order.summary,
        order.period,
    ]

"""The bank's answer: read strictly and held against the batch, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from yangguang.aid.disbursement.channels.bankfile.layout import FileRefused, unframe
from yangguang.aid.disbursement.types import Encoding, FailureCode

PAID, FAILED = "成功", "失败"
TIME = "%Y-%m-%d %H:%M:%S"
MOST_SERIAL: Final = 60
_MOST_DIGITS: Final = 18
_FAILURES = {code.label: code for code in FailureCode}


@dataclass(frozen=True, slots=True)
class Expected:
    """A line of the batch as it was sent; the amount in fen."""

    household_number: str
    card_tail: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bank says of one line: paid on a day, or failed with a code."""

    household_number: str
    card_tail: str
    amount_fen: int
    failure: FailureCode | None
    paid_date: date | None
    serial: str


@dataclass(frozen=True, slots=True)
class _Head:
    batch_number: str
    count: int
    total_fen: int
    paid_count: int
    paid_fen: int


def read_answers(
    data: bytes,
    *,
    batch_number: str,
    expected: Sequence[Expected],
    encoding: Encoding,
    sent_date: date,
    on: date,
) -> list[Answer]:
    """Give the bank's answers in the batch's order, or refuse the whole file.

    Head: R, batch, count, total in fen, paid count, paid total in fen. A line: D, batch, household,
    last four digits of the card, fen, 成功 or 失败, failure code (失败代码), time of arrival
    (到账时间), serial (银行流水). End as in the file to the bank. Raises `FileRefused` naming it
    when a row is swapped, missing, doubled or unknown, when an amount, card or total differs, when
    the file belongs to another batch, or an arrival lies before the sending or after `on`.
    """
    lines = unframe(data, encoding=encoding)
    head = _head(lines[0] if lines else [], batch_number)
    answers = [_answer(row, fields, batch_number) for row, fields in enumerate(lines[1:], 2)]
    _demand_rows(answers, expected)
    _demand_serials(answers)
    for row, (answer, sent) in enumerate(zip(answers, expected, strict=True), 2):
        _demand_same(row, answer, sent)
        _demand_time(row, answer, sent_date, on)
    _demand_sums(head, answers)
    return answers


def _head(fields: Sequence[str], batch_number: str) -> _Head:
    if len(fields) != 6 or fields[0] != "R":
        raise FileRefused(1, "首行不是回单的表头")
    if fields[1] != batch_number:
        raise FileRefused(1, f"这是批次{fields[1]}的回单，不是{batch_number}的")
    numbers = [_whole(1, text) for text in fields[2:]]
    return _Head(fields[1], *numbers)


def _whole(row: int, text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise FileRefused(row, f"“{text[:20]}”不是整数（金额以分为单位）")
    if len(text) > _MOST_DIGITS:
        raise FileRefused(row, f"“{text[:20]}…”有{len(text)}位，金额没有这么大")
    return int(text)


def _answer(row: int, fields: Sequence[str], batch_number: str) -> Answer:
    if len(fields) != 9 or fields[0] != "D":
        raise FileRefused(row, "应有9栏且以D开头")
    _, batch, household, tail, fen, status, failure, time, serial = fields
    if len(serial) > MOST_SERIAL:
        raise FileRefused(row, f"银行流水有{len(serial)}个字，最多{MOST_SERIAL}个")
    if batch != batch_number:
        raise FileRefused(row, f"批次号是{batch}，不是{batch_number}")
    if status == PAID and not failure and serial:
        return Answer(household, tail, _whole(row, fen), None, _day(row, time), serial)
    if status == FAILED and failure in _FAILURES and not time:
        return Answer(household, tail, _whole(row, fen), _FAILURES[failure], None, serial)
    raise FileRefused(
        row,
        f"状态“{status}”、失败代码“{failure}”、到账时间、流水不相配：成功的要有到账时间和流水，"
        "失败的只填规定的失败代码",
    )


def _day(row: int, text: str) -> date:
    try:
        return datetime.strptime(text, TIME).date()  # noqa: DTZ007 - the bank writes local time
    except ValueError as error:
        raise FileRefused(row, f"看不懂到账时间“{text}”") from error


def _demand_rows(answers: Sequence[Answer], expected: Sequence[Expected]) -> None:
    known = {sent.household_number for sent in expected}
    answered = {answer.household_number for answer in answers}
    seen: set[str] = set()
    for row, answer in enumerate(answers, 2):
        number = answer.household_number
        if number not in known:
            raise FileRefused(row, f"户编号{number}不在本批次中")
        if number in seen:
            raise FileRefused(row, f"户编号{number}重复出现")
        due = expected[len(seen)].household_number
        if number != due:
            what = "行次颠倒，此处" if due in answered else "缺少一行，此处"
            raise FileRefused(row, f"{what}应为户编号{due}，实为{number}")
        seen.add(number)
    if len(seen) < len(expected):
        missing = expected[len(seen)].household_number
        raise FileRefused(len(seen) + 2, f"缺少户编号{missing}的一行")


def _demand_serials(answers: Sequence[Answer]) -> None:
    seen: set[str] = set()
    for row, answer in enumerate(answers, 2):
        if answer.serial and answer.serial in seen:
            raise FileRefused(row, f"银行流水{answer.serial}重复出现")
        seen.add(answer.serial)


def _demand_same(row: int, answer: Answer, sent: Expected) -> None:
    if answer.amount_fen != sent.amount_fen:
        raise FileRefused(row, f"金额应为{sent.amount_fen}分，实为{answer.amount_fen}分")
    if answer.card_tail != sent.card_tail:
        raise FileRefused(row, f"卡号末四位应为{sent.card_tail}，实为{answer.card_tail}")


def _demand_time(row: int, answer: Answer, sent_date: date, on: date) -> None:
    if answer.paid_date is not None and not sent_date <= answer.paid_date <= on:
        raise FileRefused(row, f"到账日期{answer.paid_date}不在送出日{sent_date}与登记日{on}之间")


def _demand_sums(head: _Head, answers: Sequence[Answer]) -> None:
    paid = [answer.amount_fen for answer in answers if answer.failure is None]
    total = sum(answer.amount_fen for answer in answers)
    told = (head.count, head.total_fen, head.paid_count, head.paid_fen)
    if told != (len(answers), total, len(paid), sum(paid)):
        raise FileRefused(
            1,
            f"表头{head.count}笔{head.total_fen}分、成功{head.paid_count}笔{head.paid_fen}分，"
            f"明细{len(answers)}笔{total}分、成功{len(paid)}笔{sum(paid)}分，不相符",
        )

"""The bank's answer counts as a whole or not at all, and every fault is named by its row."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.aid.disbursement.channels.bankfile.layout import FileRefused, frame, unframe
from yangguang.aid.disbursement.channels.bankfile.outgoing import Order, Payment, make_file
from yangguang.aid.disbursement.channels.bankfile.returned import Expected, read_answers
from yangguang.aid.disbursement.channels.bankfile.standin import answer
from yangguang.aid.disbursement.types import Encoding, FailureCode

ORDER = Order("B1", "mz-holiday", "P1", "节日救助", "202611")
SENT, ON = date(2026, 11, 24), date(2026, 11, 26)
PAID_AT = datetime(2026, 11, 25, 9, 30)  # noqa: DTZ001 - the bank writes local time
EXPECTED = [Expected(f"JT{n:06}", f"{n:04}", 10_000 + n) for n in range(1, 9)]
type Lines = list[list[str]]


def sent(expected: list[Expected] = EXPECTED) -> bytes:
    payments = [
        Payment(
            "370112001001",
            e.household_number,
            "王秀英",
            "99",
            "农行",
            f"62{e.card_tail}",
            e.amount_fen,
        )
        for e in expected
    ]
    return make_file(ORDER, payments, encoding=Encoding.UTF8)


def answered(failing: int = 0, seed: int = 1) -> bytes:
    return answer(
        sent(), encoding=Encoding.UTF8, seed=seed, paid_at=PAID_AT, failing_per_mille=failing
    )


def read(data: bytes) -> list[object]:
    return list(
        read_answers(
            data,
            batch_number="B1",
            expected=EXPECTED,
            encoding=Encoding.UTF8,
            sent_date=SENT,
            on=ON,
        )
    )


def spoiled(change: Callable[[Lines], object]) -> bytes:
    """Change the lines of a good answer and give it a right digest again."""
    lines = unframe(answered(), encoding=Encoding.UTF8)
    change(lines)
    return frame(lines, encoding=Encoding.UTF8)


def set_cell(row: int, column: int, text: str) -> Callable[[Lines], object]:
    return lambda lines: lines[row - 1].__setitem__(column, text)


def swap(a: int, b: int) -> Callable[[Lines], object]:
    def change(lines: Lines) -> None:
        lines[a - 1], lines[b - 1] = lines[b - 1], lines[a - 1]

    return change


def fail(row: int, code: str) -> Callable[[Lines], object]:
    return lambda lines: lines[row - 1].__setitem__(slice(5, 9), ["失败", code, "", ""])


@pytest.mark.requirement(53)
@pytest.mark.parametrize(
    ("change", "row", "why"),
    [
        (swap(4, 5), 4, "行次颠倒，此处应为户编号JT000003，实为JT000004"),
        (swap(2, 9), 2, "行次颠倒"),
        (lambda lines: lines.pop(4), 5, "缺少一行，此处应为户编号JT000004"),
        (lambda lines: lines.pop(), 9, "缺少户编号JT000008"),
        (lambda lines: lines.insert(5, lines[4]), 6, "户编号JT000004重复出现"),
        (lambda lines: lines.append(lines[1]), 10, "户编号JT000001重复出现"),
        (set_cell(3, 2, "JT999999"), 3, "户编号JT999999不在本批次中"),
        (set_cell(6, 4, "10006"), 6, "金额应为10005分，实为10006分"),
        (set_cell(6, 4, "100.05"), 6, "不是整数"),
        (set_cell(7, 3, "0000"), 7, "卡号末四位"),
        (set_cell(3, 4, "9" * 5000), 3, "有5000位"),
        (set_cell(1, 3, "9" * 5000), 1, "有5000位"),
        (set_cell(4, 8, "S" * 61), 4, "银行流水有61个字"),
        (set_cell(1, 3, "1"), 1, "不相符"),
        (set_cell(1, 5, "1"), 1, "不相符"),
        (set_cell(1, 4, "7"), 1, "不相符"),
        (set_cell(1, 2, "9"), 1, "不相符"),
        (set_cell(1, 1, "B2"), 1, "这是批次B2的回单"),
        (set_cell(1, 0, "H"), 1, "首行不是回单的表头"),
        (set_cell(2, 1, "B2"), 2, "批次号是B2"),
        (set_cell(5, 5, "处理中"), 5, "不相配"),
        (set_cell(5, 6, "冻结"), 5, "不相配"),
        (fail(5, "不明"), 5, "不相配"),
        (fail(5, ""), 5, "不相配"),
        (fail(5, "冻结"), 1, "不相符"),
        (set_cell(5, 7, ""), 5, "看不懂到账时间"),
        (set_cell(5, 7, "2026-11-23 23:59:59"), 5, "不在送出日"),
        (set_cell(5, 7, "2026-11-27 00:00:00"), 5, "不在送出日"),
        (set_cell(5, 8, ""), 5, "不相配"),
        (set_cell(5, 8, "YHB1000001"), 5, "流水YHB1000001重复"),
        (lambda lines: lines[3].pop(), 4, "应有9栏"),
        (lambda lines: lines.clear(), 1, "首行不是回单的表头"),
    ],
)
def test_every_fault_refuses_the_whole_file_and_names_its_row(
    change: Callable[[Lines], object], row: int, why: str
) -> None:
    with pytest.raises(FileRefused, match=why) as caught:
        read(spoiled(change))
    assert caught.value.row == row
    assert "整个文件未受理" in str(caught.value)


def test_the_file_to_the_bank_is_not_its_answer() -> None:
    with pytest.raises(FileRefused, match="首行不是回单的表头"):
        read(sent())


def test_a_good_answer_is_read_in_the_order_of_the_batch() -> None:
    answers = read_answers(
        answered(),
        batch_number="B1",
        expected=EXPECTED,
        encoding=Encoding.UTF8,
        sent_date=SENT,
        on=ON,
    )
    assert [one.household_number for one in answers] == [e.household_number for e in EXPECTED]
    assert {one.paid_date for one in answers} == {date(2026, 11, 25)}
    assert len({one.serial for one in answers}) == 8


@given(st.permutations(range(8)))
def test_any_other_order_is_refused(order: list[int]) -> None:
    def change(lines: Lines) -> None:
        lines[1:] = [lines[1 + i] for i in order]

    data = spoiled(change)
    if order == list(range(8)):
        read(data)
    else:
        with pytest.raises(FileRefused, match="行次颠倒"):
            read(data)


@given(st.integers(0, 1000), st.integers(0, 2**31))
def test_whatever_the_stand_in_bank_answers_can_be_read(failing: int, seed: int) -> None:
    data = answered(failing, seed)
    assert data == answered(failing, seed)
    assert len(read(data)) == 8


def test_the_stand_in_bank_knows_all_failures_and_fails_about_as_many_as_asked() -> None:
    many = [Expected(f"JT{n:06}", "0001", 1) for n in range(2000)]
    lines = unframe(
        answer(
            sent(many),
            encoding=Encoding.UTF8,
            seed=2011,
            paid_at=PAID_AT,
            failing_per_mille=50,
        ),
        encoding=Encoding.UTF8,
    )
    codes = [line[6] for line in lines[1:] if line[5] == "失败"]
    assert set(codes) == {code.label for code in FailureCode}
    assert 50 < len(codes) < 150


def test_the_stand_in_bank_refuses_a_file_whose_sums_are_wrong() -> None:
    lines = unframe(sent(), encoding=Encoding.UTF8)
    lines[0][3] = "1"
    with pytest.raises(FileRefused, match="合计"):
        answer(
            frame(lines, encoding=Encoding.UTF8), encoding=Encoding.UTF8, seed=1, paid_at=PAID_AT
        )


def test_a_control_character_in_an_answer_is_refused_by_its_line():
    body = answered()[: -len("T|\r\n") - 64].replace(b"S", b"\0", 1)
    if b"\0" not in body:
        body = body[:-3] + b"\0\r\n"
    trailer = f"T|{hashlib.sha256(body).hexdigest()}\r\n".encode()
    with pytest.raises(FileRefused, match="控制字符"):
        read(body + trailer)

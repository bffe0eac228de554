"""Money: exact to the fen at the edge, and no fen lost in a division."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.foundation.kernel.money import (
    Fen,
    MoneyError,
    fen_from_yuan,
    format_fen,
    read_yuan,
    share,
    split,
)

amounts = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [("12.34", 1234), (Decimal("-0.01"), -1), (7, 700), ("1e3", 100000), ("0.10", 10)],
)
def test_yuan_become_fen_exactly(yuan, fen):
    assert fen_from_yuan(yuan) == fen


@pytest.mark.parametrize(
    ("yuan", "why"),
    [
        ("1.005", "精确不到分"),
        ("NaN", "不是有限的数"),
        ("Infinity", "不是有限的数"),
        ("许多", "不是数"),
        ("1." + "0" * 70 + "1", "位数太多"),
    ],
)
def test_what_is_no_exact_amount_is_refused(yuan, why):
    with pytest.raises(MoneyError, match=why) as refused:
        fen_from_yuan(yuan)
    assert refused.value.value == yuan


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("1,234.5元", 123450),
        ("0.3万", 300000),
        ("１２３４．５", 123450),
        ("¥ 300", 30000),
        ("￥1，200元整", 120000),
        ("2千元", 200000),
        ("3百万元", 300_000_000),
        ("1.2亿", 12_000_000_000),
        (".5", 50),
        ("12.", 1200),
        ("-80", -8000),
        ("500块", 50000),
        (1234.5, 123450),
        (0.1 + 0.2, 30),
        (600, 60000),
    ],
)
def test_amounts_are_read_as_people_write_them(written, fen):
    assert read_yuan(written) == fen


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "没有填写"),
        ("  ", "没有填写"),
        ("约300", "写法不明"),
        ("1,23", "写法不明"),
        ("1.2.3", "写法不明"),
        ("300-500", "写法不明"),
        (float("nan"), "写法不明"),
        ("0.0000001万", "精确不到分"),
        (12.345, "精确不到分"),
    ],
)
def test_an_amount_that_is_not_clear_is_refused_and_not_guessed(written, why):
    with pytest.raises(MoneyError, match=why):
        read_yuan(written)


@pytest.mark.parametrize(
    ("fen", "shown"),
    [(123450, "1,234.50"), (0, "0.00"), (-5, "-0.05"), (100000000, "1,000,000.00")],
)
def test_fen_are_shown_as_yuan(fen, shown):
    assert format_fen(Fen(fen)) == shown


@given(amounts)
def test_what_is_shown_reads_back(fen):
    assert read_yuan(format_fen(Fen(fen))) == fen


@given(amounts, st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any))
def test_a_division_conserves_the_total_and_is_fair_to_the_fen(total, weights):
    parts = split(Fen(total), weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


def test_odd_fen_go_to_the_largest_remainder_and_of_equals_to_the_first():
    assert split(Fen(100), [1, 1, 1]) == [34, 33, 33]
    assert split(Fen(100), [1, 5]) == [17, 83]
    assert split(Fen(-100), [1, 1, 1]) == [-34, -33, -33]
    assert split(Fen(10), [0, 3]) == [0, 10]


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_a_division_without_fair_weights_is_refused(weights):
    with pytest.raises(MoneyError, match="权数"):
        split(Fen(100), weights)


def test_half_a_fen_rounds_away_from_zero():
    assert share(Fen(5), 1, 2) == 3
    assert share(Fen(-5), 1, 2) == -3
    assert share(Fen(4), 1, 3) == 1
    assert share(Fen(100000), 11, 30) == 36667


@pytest.mark.parametrize("whole", [0, -3])
def test_a_share_of_nothing_is_refused(whole):
    with pytest.raises(MoneyError, match="分母"):
        share(Fen(5), 1, whole)


@given(amounts, st.integers(0, 1000), st.integers(1, 1000))
def test_a_share_is_the_nearest_fen(fen, part, whole):
    assert abs(share(Fen(fen), part, whole) - Fraction(fen * part, whole)) <= Fraction(1, 2)


@pytest.mark.parametrize(
    "yuan", ["1E+18", "1e400", "1E+999999", "1E+99999999999", "9" * 5000, "NaN"]
)
def test_an_amount_that_no_column_holds_is_refused_in_words(yuan: str) -> None:
    with pytest.raises(MoneyError):
        fen_from_yuan(yuan)

"""Identity numbers: what is read, what is refused and why, and the laws of the check digit."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from yangguang.foundation.kernel.identity import (
    IdentityNumberError,
    TemporaryNumberError,
    check_digit,
    is_temporary,
    parse_number,
    temporary_number,
)

SPEC = yaml.safe_load(Path(__file__).with_name("identity.spec.yaml").read_text(encoding="utf-8"))
BORN = date(1948, 1, 1)

births = st.dates(date(1900, 1, 1), date(2026, 12, 31))
firsts = st.builds(
    lambda area, born, serial: f"{area}{born:%Y%m%d}{serial:03d}",
    st.sampled_from(["370102", "110101", "659001", "810000", "911840"]),
    births,
    st.integers(0, 999),
)
numbers = firsts.map(lambda first: first + check_digit(first))


@pytest.mark.requirement(30)
@pytest.mark.parametrize("case", SPEC, ids=lambda case: case["text"].strip())
def test_a_number_is_read_as_a_jurist_would(case):
    read = parse_number(case["text"])
    assert (read.number, read.born, read.sex) == (case["number"], case["born"], case["sex"])
    assert not read.temporary


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "length"),
        ("37010219900307123", "length"),
        ("3701021990030712380", "length"),
        ("37010219900307123A", "characters"),
        ("3701021990030712X8", "characters"),
        ("٣70102199003071238", "characters"),
        ("37010219900230123X", "date"),
        ("370102099003071238", "date"),
        ("370102991301001", "date"),
        ("370102199003071239", "check_digit"),
        ("3.70102E+17", "rounded"),
        ("3.70102199003071e+17", "rounded"),
        ("370102199003072000", "rounded"),
        ("370102199003072000.0", "rounded"),
    ],
)
def test_a_wrong_number_is_refused_with_its_reason(text, code):
    with pytest.raises(IdentityNumberError) as refused:
        parse_number(text)
    assert refused.value.code == code
    assert refused.value.reason in str(refused.value)


def test_a_refusal_and_a_printed_number_hold_no_digits_of_it():
    with pytest.raises(IdentityNumberError) as refused:
        parse_number("370102199003071239")
    assert "3701" not in str(refused.value)
    assert "3701021990" not in repr(parse_number("370102199003071238"))


def test_an_unknown_province_is_a_warning_and_never_a_refusal():
    first = "47010219900307123"
    read = parse_number(first + check_digit(first))
    assert read.warnings == ("省级代码47不在国家标准内，请核对证件",)


def test_a_right_number_ending_in_three_zeros_may_be_a_spreadsheets_rounding():
    assert "近似数" in parse_number("370102199003071000").warnings[0]


def test_an_upgraded_number_asks_for_the_new_card():
    assert "15位" in parse_number("370102480101002").warnings[0]
    assert parse_number("370102194801010023").warnings == ()


@pytest.mark.parametrize("digits", ["", "3701021990030712", "370102199003071238"])
def test_a_check_digit_belongs_to_seventeen_digits(digits):
    with pytest.raises(ValueError, match="seventeen"):
        check_digit(digits)


@given(numbers)
def test_a_right_number_is_read_back_with_birth_and_sex(number):
    read = parse_number(number)
    assert read.number == number
    assert f"{read.born:%Y%m%d}" == number[6:14]
    assert read.sex == ("male" if number[16] in "13579" else "female")
    assert read.area == number[:6]


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_sign_is_always_noticed(number, place, sign):
    assume(number[place] != sign)
    with pytest.raises(IdentityNumberError):
        parse_number(number[:place] + sign + number[place + 1 :])


@given(numbers, st.integers(0, 16))
def test_two_neighbours_swapped_are_always_noticed(number, place):
    one, other = number[place : place + 2]
    assume(one != other)
    with pytest.raises(IdentityNumberError):
        parse_number(number[:place] + other + one + number[place + 2 :])


@given(births.filter(lambda born: born.year < 2000), st.integers(0, 999))
def test_a_legacy_number_becomes_the_one_on_the_new_card(born, serial):
    first = f"370102{born:%Y%m%d}{serial:03d}"
    assert parse_number(f"370102{born:%y%m%d}{serial:03d}").number == first + check_digit(first)


@given(births, st.sampled_from(["male", "female"]), st.integers(1, 499))
def test_a_temporary_number_says_birth_sex_and_county_and_is_never_a_real_one(born, sex, serial):
    number = temporary_number("370112", born=born, sex=sex, serial=serial)
    read = parse_number(number)
    assert (read.number, read.born, read.sex, read.area) == (number, born, sex, "370112")
    assert read.temporary
    assert is_temporary(number)
    assert len(number) == 19
    with pytest.raises(IdentityNumberError):
        parse_number(number[1:] + "0")


@given(numbers)
def test_a_real_number_is_never_taken_for_a_temporary_one(number):
    assert not is_temporary(number)
    assert not parse_number(number).temporary


def test_a_temporary_number_is_l_county_birth_serial_and_check_digit():
    first = temporary_number("370112", born=BORN, sex="male", serial=1)
    last = temporary_number("370112", born=BORN, sex="female", serial=499)
    assert (first, last) == ("L370112194801010018", "L370112194801019987")


def test_nobody_was_born_before_1850():
    assert parse_number("370102185001010012").born == date(1850, 1, 1)
    with pytest.raises(IdentityNumberError) as refused:
        parse_number("370102184912310011")
    assert refused.value.code == "date"


def test_temporary_numbers_of_one_county_and_day_differ():
    made = {
        temporary_number("370112", born=BORN, sex=sex, serial=serial)
        for sex in ("male", "female")
        for serial in range(1, 500)
    }
    assert len(made) == 998


def test_a_mistyped_temporary_number_is_noticed():
    number = temporary_number("370112", born=BORN, sex="female", serial=1)
    with pytest.raises(IdentityNumberError):
        parse_number(number.replace("1948", "1949"))


@pytest.mark.parametrize(
    ("area", "serial", "why"),
    [
        ("3701", 1, "6位数字"),
        ("L70112", 1, "6位数字"),
        ("370112", 0, "1至499"),
        ("370112", 500, "1至499"),
    ],
)
def test_a_temporary_number_without_county_or_serial_is_refused(area, serial, why):
    with pytest.raises(TemporaryNumberError, match=why):
        temporary_number(area, born=BORN, sex="male", serial=serial)

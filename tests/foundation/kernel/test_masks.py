"""Masks: what stays visible is exactly what the rule lets stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.foundation.kernel.masks import (
    luhn_ok,
    mask_card,
    mask_name,
    mask_number,
    mask_phone,
)


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        (mask_number, "37010219900307123X", "370102***********X"),
        (mask_number, "L370112194801010021", "L370112***********1"),
        (mask_number, "370102", "******"),
        (mask_name, "张三", "张*"),
        (mask_name, "张小强", "张*强"),
        (mask_name, "欧阳修", "欧阳*"),
        (mask_name, "欧阳小修", "欧阳*修"),
        (mask_name, "上官", "上*"),
        (mask_name, "买买提·吐尔逊", "买*****逊"),
        (mask_name, "𠮷小强", "𠮷*强"),
        (mask_name, "佛", "*"),
        (mask_name, "", ""),
        (mask_phone, "13812345678", "138****5678"),
        (mask_phone, "0531-88881234", "***********34"),
        (mask_phone, "12", "**"),
        (mask_phone, "abc", "***"),
        (mask_phone, "88881", "*****"),
        (mask_card, "6222020200112233445", "***************3445"),
        (mask_card, "3445", "****"),
    ],
)
def test_only_the_allowed_signs_stay(mask, text, shown):
    assert mask(text) == shown


@given(st.text("张小强欧阳·0123456789X𠮷", max_size=30))
def test_a_mask_keeps_the_length_and_hides_something(text):
    for mask in (mask_number, mask_name, mask_phone, mask_card):
        shown = mask(text)
        assert len(shown) == len(text)
        assert "*" in shown or not text


@pytest.mark.parametrize(
    ("card", "ok"),
    [
        ("4111111111111111", True),
        ("4111111111111112", False),
        ("79927398713", True),
        ("", False),
        ("4111 1111", False),
        ("４１１１１１１１１１１１１１１１", False),
    ],
)
def test_a_card_is_checked_by_luhn(card, ok):
    assert luhn_ok(card) is ok


@given(st.from_regex(r"[0-9]{12,18}", fullmatch=True))
def test_of_ten_last_digits_exactly_one_passes(body):
    assert sum(luhn_ok(f"{body}{last}") for last in range(10)) == 1

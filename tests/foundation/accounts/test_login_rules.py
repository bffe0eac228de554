"""Codes, tries and sessions by the clock, without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.foundation.accounts.rules.codes import (
    address_for_apps,
    code_at,
    matching_step,
    new_one_time_secret,
    new_secret,
    one_time_digest,
)
from yangguang.foundation.accounts.rules.sessions import ABSOLUTE, FRESH, IDLE, is_fresh, is_over
from yangguang.foundation.accounts.rules.tries import Failures, may_try

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
NONE = Failures(0, 0, 0, 0, 0, is_device_known=False)


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")]
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    # RFC 6238, appendix B, the last six digits.
    assert code_at(SECRET, datetime.fromtimestamp(seconds, UTC)) == code


@given(st.integers(-90, 90))
def test_a_code_is_taken_from_one_step_before_to_one_after(seconds: int) -> None:
    typed = code_at(SECRET, AT + timedelta(seconds=seconds))
    step = int(AT.timestamp()) // 30
    near = abs((int(AT.timestamp()) + seconds) // 30 - step) <= 1
    assert (matching_step(SECRET, typed, AT, after=0) is not None) == near


def test_a_code_counts_once() -> None:
    code = code_at(SECRET, AT)
    step = matching_step(SECRET, code, AT, after=0)
    assert step is not None
    assert matching_step(SECRET, code, AT, after=step) is None


def test_a_code_is_read_with_spaces_and_nothing_else_is_one() -> None:
    code = code_at(SECRET, AT)
    assert matching_step(SECRET, f"{code[:3]} {code[3:]}", AT, after=0)
    for wrong in ("", "abcdef", "１２３４５６", code[:5]):
        assert matching_step(SECRET, wrong, AT, after=0) is None


def test_secrets_differ_and_are_read_by_apps() -> None:
    assert new_secret() != new_secret()
    assert address_for_apps(SECRET, "zhoulan").startswith("otpauth://totp/")


def test_a_one_time_secret_is_known_however_it_was_typed() -> None:
    secret = new_one_time_secret()
    assert [len(group) for group in secret.split("-")] == [4] * 5
    assert one_time_digest(secret) == one_time_digest(f" {secret.lower().replace('-', ' ')}")
    assert one_time_digest(secret) != one_time_digest(new_one_time_secret())


@pytest.mark.parametrize(
    ("many", "at_most"),
    [("of_account_at_address", 5), ("of_account", 50), ("at_address", 20), ("everywhere", 600)],
)
def test_each_bucket_holds_an_unknown_device_and_none_a_known_one(many: str, at_most: int) -> None:
    assert may_try(replace(NONE, **{many: at_most - 1}))
    assert not may_try(replace(NONE, **{many: at_most}))
    assert may_try(replace(NONE, **{many: 10**6}, is_device_known=True))


def test_a_known_device_is_held_by_its_own_failures() -> None:
    assert not may_try(replace(NONE, of_account_on_device=5, is_device_known=True))


def test_a_session_ends_idle_or_after_a_working_day() -> None:
    second = timedelta(seconds=1)
    assert not is_over(AT, AT, AT + IDLE - second)
    assert is_over(AT, AT, AT + IDLE)
    assert not is_over(AT, AT + ABSOLUTE - second, AT + ABSOLUTE - second)
    assert is_over(AT, AT + ABSOLUTE, AT + ABSOLUTE)


def test_a_second_factor_is_fresh_for_ten_minutes() -> None:
    assert is_fresh(AT, AT + FRESH - timedelta(seconds=1))
    assert not is_fresh(AT, AT + FRESH)

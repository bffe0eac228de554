"""No identity number, card or phone gets into what is logged."""

import logging

import pytest

from yangguang.foundation.kernel.redacting import HIDDEN, Redacting, redact

NUMBERS = [
    "37011219600101001X",
    "370112196001010013",
    "370112600101001",
    "370112 19600101 0013",
    "３７０１１２１９６００１０１００１Ｘ",
    "6223190000000000012",
    "6223 1900 0000 0000 012",
    "6223-1900-0000-0000",
    "13805310000",
    "138 0531 0000",
    "138-0531-0000",
    "0531-88880000",
]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("around", ["{}", "号码{}有误", "/households/{}/?q={}", '{{"n": "{}"}}'])
def test_a_number_is_taken_out_wherever_it_stands(number: str, around: str) -> None:
    text = redact(around.replace("{}", number).replace("{{", "{"))
    assert number not in text
    assert HIDDEN in text


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24 02:00:00,123",
        "370112001001",
        "/plans/1234567/lines/?after=500",
        "GET /ranking/ 200 10.21.31.41",
        "port 8977, 155388 persons",
    ],
)
def test_what_is_no_number_of_somebody_stays(text: str) -> None:
    assert redact(text) == text


def test_message_arguments_exception_and_stack_are_redacted() -> None:
    secret = "370112196001010013"
    try:
        raise ValueError(f"bad {secret}")
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, "p", 1, "sent %s", (secret,), (ValueError, error, None)
        )
    record.stack_info, record.request = f"stack {secret}", object()
    assert Redacting().filter(record)
    written = logging.Formatter().format(record)
    assert secret not in written
    assert written.count(HIDDEN) == 3
    assert not hasattr(record, "request")
    assert secret not in str(vars(record))

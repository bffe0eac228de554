"""Numbers taken out of whatever is logged: identity numbers, cards and phones."""

import logging
import re
from typing import Final

HIDDEN: Final = "[号码已遮盖]"

# `\d` is every script's digits, the full-width ones of forms filled in Chinese among them. A run of
# fourteen is longer than an area code (12) and shorter than an old identity number (15).
_NUMBERS: Final = re.compile(
    r"""
    (?<!\d) (?:
      \d{14,}[XxＸ]?                        # identity numbers, cards, passbooks
    | \d{4}(?:[ ·.-]\d{4}){2,}(?:[ ·.-]\d{1,4})?   # cards in groups of four
    | \d{6}[ -]\d{8}[ -]\d{3}[\dXxＸ]       # identity numbers in their three groups
    | 1\d{2}[ -]?\d{4}[ -]?\d{4}            # mobile phones
    | 0\d{2,3}[ -]?\d{7,8}                  # telephones with their area
    ) (?!\d)
    """,
    re.VERBOSE,
)


def redact(text: str) -> str:
    """Give a text with identity numbers, cards and phones taken out.

    Passbook numbers below 14 digits look like any other figure and stay.
    """
    return _NUMBERS.sub(HIDDEN, text)


class Redacting(logging.Filter):
    """Takes numbers out of a record's message, its exception and its stack, before it is written.

    The exception itself and the request are let go: a handler that reports their variables would
    write what no pattern finds.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact the record in place; nothing is held back."""
        record.msg, record.args = redact(record.getMessage()), None
        if record.exc_info:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
            record.exc_info = None
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        record.__dict__.pop("request", None)
        return True

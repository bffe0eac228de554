"""Reads dates as people and spreadsheets write them."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from yangguang.foundation.kernel.refusals import Refusal

_EXCEL_ZERO = date(1899, 12, 30)  # serial 1 is 1900-01-01 and Excel believes in 1900-02-29
_WRITTEN = re.compile(
    r"(\d{4})(?:年(\d{1,2})月(\d{1,2})日?|([-./])(\d{1,2})\4(\d{1,2}))(?: ?T?0{1,2}:00(?::00)?)?",
    re.ASCII,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:\.0*)?", re.ASCII)
_SHOW = "请写成1980-06-01、1980年6月1日、1980.6.1或19800601"


class DateError(Refusal):
    """A text is no date, or no date that exists."""

    def __init__(self, value: object, why: str) -> None:
        """Keep the value as it stood and say why it is refused."""
        self.value = value
        super().__init__(f"看不懂日期“{value}”：{why}。{_SHOW}。")


def read_date(value: str | float | date) -> date:
    """Read one date: written out, with - . or /, as eight digits, or as an Excel serial number.

    A number of five digits is a serial number (from 1927-05-18 on); shorter numbers are refused,
    for 1980 could be a year as well. Two-digit years are refused. Raises DateError.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = unicodedata.normalize("NFKC", str(value)).strip()
    text = re.sub(r"\s*([年月日./-])\s*", r"\1", text)
    if serial := _SERIAL.fullmatch(text):
        return _EXCEL_ZERO + timedelta(days=int(serial[1]))
    found = _WRITTEN.fullmatch(text) or _COMPACT.fullmatch(text)
    if not found:
        raise DateError(value, "写法不明" if text else "没有填写")
    year, month, day = (int(part) for part in found.groups() if part and part.isdigit())
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DateError(value, "没有这一天") from error

"""Rosters as townships hold them, made by code."""

import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter

from yangguang.foundation.kernel.identity import check_digit

AREA = "370112000000"
VILLAGE = "370112020215"
VILLAGE_NAME = "韩官庄村民委员会"
ON = date(2026, 11, 24)
HEADERS = [
    "户编号",
    "户主",
    "与户主关系",
    "姓名",
    "身份证号",
    "性别",
    "民族",
    "婚姻",
    "健康",
    "残疾类别/等级",
    "就业",
    "在读",
    "村(居)",
    "住址",
    "户口性质",
    "电话",
    "家庭年收入",
    "医疗自付",
    "教育自付",
    "住房",
    "保障类别",
    "月保障金额",
    "开户行",
    "卡号",
    "致困原因",
    "审批日期",
    "文号",
    "下次复核日期",
]


def number(born: str, serial: int, county: str = "379921") -> str:
    """Make an identity number of a county that was never issued; an odd serial is a man's."""
    digits = f"{county}{born}{serial:03d}"
    return digits + check_digit(digits)


def card(serial: int) -> str:
    """Make a card number that passes the Luhn check."""
    digits = f"62284800{serial:010d}"
    total = sum(
        sum(divmod(2 * int(digit), 10)) if place % 2 == 0 else int(digit)
        for place, digit in enumerate(reversed(digits))
    )
    return f"{digits}{-total % 10}"


def person(serial: int, **changes: object) -> dict[str, object]:
    """Give the row of a man who lives alone and is in order; `changes` by header."""
    row: dict[str, object] = dict(
        zip(
            HEADERS,
            [f"YG-{serial:04d}", "王建国", "户主", "王建国", number("19600305", 2 * serial + 1),
             "男",
             "汉族", "未婚", "健康", "", "灵活就业", "", VILLAGE, "村东头3号", "农村",
             "13812345678", 8000,
             1200, 0, "自有", "最低生活保障", 650, "农商银行", card(serial), "因病", "2024-06-01",
             "济历民2024年6号", "2027-06-01"],
            strict=True,
        )
    )  # fmt: skip
    for header, value in changes.items():
        row[_HEADER_OF.get(header, header)] = value
    return row


# Words for headers that are no Python names.
_HEADER_OF = {"残疾": "残疾类别/等级", "村": "村(居)"}


def book(
    rows: Sequence[dict[str, object]],
    headers: Sequence[str] = HEADERS,
    *,
    above: Sequence[str] = (),
    names: dict[str, str] | None = None,
) -> bytes:
    """Write rows as a workbook: lines `above` the header, headers renamed by `names`."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("名册")
        for line, text in enumerate(above):
            sheet.write(line, 0, text)
        start = len(above)
        for place, header in enumerate(headers):
            sheet.write_string(start, place, (names or {}).get(header, header))
            for line, row in enumerate(rows, start=start + 1):
                value = row.get(header, "")
                if isinstance(value, str):
                    sheet.write_string(line, place, value)
                else:
                    sheet.write(line, place, value)
    return buffer.getvalue()

"""A payment list as a workbook holds no formula and loses no digit."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from yangguang.foundation.files.sheets import neutral, write_sheet


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_looks_like_a_formula_is_only_text(start: str) -> None:
    assert neutral(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


def test_other_text_stays_as_it_is() -> None:
    assert [neutral(text) for text in ("", "王秀英", "1-2", "a=b")] == ["", "王秀英", "1-2", "a=b"]


def test_a_sheet_reads_back_with_numbers_as_numbers_and_codes_as_text() -> None:
    file = BytesIO()
    rows = [
        ("370112001001", "=1+1", 1234.5, date(2026, 11, 25), None),
        ("370112001002", "王䶮", 0.01, None, 7),
    ]
    write_sheet(file, title="B1", headers=("区划", "户名", "金额", "日期", "序号"), rows=iter(rows))
    sheet = openpyxl.load_workbook(BytesIO(file.getvalue()))["B1"]
    read = list(sheet.iter_rows(values_only=True))
    assert read[0] == ("区划", "户名", "金额", "日期", "序号")
    assert read[1][:3] == ("370112001001", "'=1+1", 1234.5)
    assert str(read[1][3])[:10] == "2026-11-25"
    assert read[2][1:3] == ("王䶮", 0.01)
    assert sheet["C2"].number_format == "#,##0.00"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.freeze_panes == "A2"

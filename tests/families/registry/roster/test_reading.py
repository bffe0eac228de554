"""What a township's own table may look like, and still be read."""

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.families.registry.roster.sheets import HEADERS, book, person
from yangguang.families.registry.rules.roster.apart import read_apart
from yangguang.families.registry.rules.roster.columns import TEMPLATE, column_key
from yangguang.families.registry.rules.roster.reading import read_roster
from yangguang.families.registry.rules.roster.upload import RosterUnreadable
from yangguang.families.registry.rules.roster.writing import template


def test_rows_are_numbered_as_excel_shows_them_below_title_rows() -> None:
    sheet = read_roster(book([person(1), person(2)], above=["某镇2026年名册", "单位：元"]))
    assert sheet.frame["row"].to_list() == [4, 5]
    assert sheet.header_row == 3


def test_rows_are_numbered_as_excel_shows_them_below_empty_rows() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(4, 2, ["户编号", "姓名", "身份证号"])
        sheet.write_row(6, 2, ["A1", "王芳", "37"])
    assert read_roster(buffer.getvalue()).frame["row"].to_list() == [7]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("身份证号码", "number"), ("公民身份号码", "number"), ("身 份\n证 号", "number"),
        ("家庭编号", "household"), ("户主姓名", "head"), ("关系", "relation"),
        ("残疾类别及等级", "disability"), ("残疾类别／等级", "disability"), ("村居", "village"),
        ("村（居）", "village"), ("行政村", "village"), ("社区", "village"), ("*姓名", "name"),
        ("家庭年收入（元）", "income"), ("银行卡号：", "card"), ("致贫原因", "causes"),
    ],
)  # fmt: skip
def test_a_header_is_known_by_its_other_names(written: str, key: str) -> None:
    assert column_key(written) == key


def test_a_column_that_nobody_knows_is_left_alone() -> None:
    rows = [person(1) | {"备用": "x"}]
    assert "备用" not in read_roster(book(rows, [*HEADERS, "备用"])).headers


def test_the_header_is_told_as_it_stands_in_the_file() -> None:
    sheet = read_roster(book([person(1)], names={"身份证号": "身份证\n号码"}))
    assert sheet.header("number") == "身份证\n号码"


def test_two_columns_of_one_thing_are_refused() -> None:
    with pytest.raises(RosterUnreadable, match="同一项"):
        read_roster(book([person(1)], [*HEADERS, "身份证号码"]))


def test_totals_blank_rows_repeated_headers_and_foot_lines_are_no_persons() -> None:
    header = dict(zip(HEADERS, HEADERS, strict=True))
    rows = [person(1), {}, {"户编号": "小  计", "月保障金额": 650}, header, person(2),
            {"户编号": "合计：2户"}, {"户编号": "填表人：张三"}]  # fmt: skip
    assert read_roster(book(rows)).frame["row"].to_list() == [2, 6]


def test_the_first_visible_sheet_with_a_known_header_is_read() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        workbook.add_worksheet("说明").write(0, 0, "填写说明")
        hidden = workbook.add_worksheet("旧表")
        hidden.write_row(0, 0, ["户编号", "姓名", "身份证号"])
        hidden.write_row(1, 0, ["A1", "旧人", "37"])
        hidden.hide()
        shown = workbook.add_worksheet("新表")
        shown.write_row(0, 0, ["户编号", "姓名", "身份证号"])
        shown.write_row(1, 0, ["A2", "新人", "37"])
    sheet = read_roster(buffer.getvalue())
    assert (sheet.name, sheet.frame["name"].to_list()) == ("新表", ["新人"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_the_encodings_that_spreadsheets_write(encoding: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    writer.writerow([person(1)[header] for header in HEADERS])
    sheet = read_roster(text.getvalue().encode(encoding))
    assert sheet.frame["name"].to_list() == ["王建国"]


def test_a_number_that_excel_holds_as_a_number_is_seen_as_one() -> None:
    sheet = read_roster(book([person(1, 身份证号=370102199001011234.0)]))
    assert sheet.frame["number"][0].startswith("3.70102199001011")


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"PK\x03\x04 broken", "损坏"),
        (_zip({"a.txt": b"not a workbook"}), "打不开"),
        (_zip({"xl/sheet1.xml": b"0" * 8_000_000}), "展开后过大|压缩异常"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "打不开"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "不是表格"),
        (b"\x07\x1b broken workbook", "不是表格"),
        ("一段文字".encode("gb18030"), "不是真正的表格文件，或者已损坏"),
        ("姓名,年龄\n王芳,3\n".encode(), "没有找到表头"),
        (b"\xff\xfe\xfd,\x81", "编码|没有找到表头"),
        ("户编号,姓名,身份证号\n".encode(), "没有数据"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words_that_say_what_to_do(
    content: bytes, words: str
) -> None:
    with pytest.raises(RosterUnreadable, match=words):
        read_roster(content)


def test_a_file_above_fifty_megabytes_is_refused_before_it_is_opened() -> None:
    with pytest.raises(RosterUnreadable, match="50MB"):
        read_roster(b"PK\x03\x04" + bytes(50 * 1024 * 1024))


@pytest.mark.slow
def test_a_reader_apart_reads_the_same_and_refuses_in_the_same_words(tmp_path: Path) -> None:
    file = tmp_path / "roster.xlsx"
    file.write_bytes(book([person(1), person(2)], above=["标题"]))
    apart, here = read_apart(file), read_roster(file)
    assert apart.frame.equals(here.frame)
    assert (apart.headers, apart.order, apart.header_row) == (
        here.headers, here.order, here.header_row,
    )  # fmt: skip
    with pytest.raises(RosterUnreadable, match="没有找到表头"):
        read_apart("甲,乙\n1,2\n".encode())


@pytest.mark.slow
def test_the_template_asks_for_every_column_and_is_read_as_a_roster_without_rows(
    tmp_path: Path,
) -> None:
    file = tmp_path / "template.xlsx"
    file.write_bytes(template())
    header = next(openpyxl.load_workbook(file)["名册"].iter_rows(values_only=True))
    assert list(header) == [column.label for column in TEMPLATE]
    with pytest.raises(RosterUnreadable, match="没有数据"):
        read_roster(file)

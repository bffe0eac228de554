"""Writes the empty template, and the roster back with what is wrong beside each row."""

import io
from collections.abc import Iterable
from typing import Final

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from yangguang.families.registry.rules.roster.columns import TEMPLATE
from yangguang.families.registry.rules.roster.problems import Level
from yangguang.families.registry.rules.roster.report import Report

PROBLEM_HEADER: Final = "问题"
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_FILLS: Final[dict[Level, str]] = {"error": "#F8D7DA", "warning": "#FFF3CD"}
_LISTS: Final = {"sex": ["男", "女"], "register_type": ["城镇", "农村"],
                 "marital": ["未婚", "已婚", "离异", "丧偶"]}  # fmt: skip
_TEMPLATE_ROWS: Final = 5_000


def template() -> bytes:
    """Make the empty roster (xlsx): one row a person, text columns, the choices as drop-downs."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet, notes = book.add_worksheet("名册"), book.add_worksheet("填写说明")
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        notes.set_column(0, 0, 16)
        notes.set_column(1, 1, 90)
        for place, column in enumerate(TEMPLATE):
            sheet.set_column(place, place, max(10, 2 * len(column.label) + 2), text)
            sheet.write_string(0, place, column.label, bold)
            notes.write_string(place, 0, column.label, bold)
            notes.write_string(place, 1, column.hint or "按实际填写")
            if choices := _LISTS.get(column.key):
                options = {"validate": "list", "source": choices}
                sheet.data_validation(1, place, _TEMPLATE_ROWS, place, options)
        sheet.freeze_panes(1, 4)
    return buffer.getvalue()


def annotated(report: Report) -> bytes:
    """Write back the rows of the households that were not taken, or have warnings (xlsx).

    The columns as in the file that are known here, then 问题; faulty cells coloured; each value is
    text, one that a spreadsheet would take for a formula is led by an apostrophe.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("需更正")
        fills = {level: book.add_format({"bg_color": fill}) for level, fill in _FILLS.items()}
        bold = book.add_format({"bold": True})
        keys = sorted(report.sheet.places, key=report.sheet.places.__getitem__)
        for place, header in enumerate([*map(report.sheet.header, keys), PROBLEM_HEADER, "原行号"]):
            sheet.write_string(0, place, neutral(header), bold)
        told = _by_row(report)
        rows = _rows_to_return(report).select("row", *keys)
        for line, (row, *cells) in enumerate(rows.iter_rows(), start=1):
            _write_row(sheet, line, keys, cells, told.get(row, []), fills)
            sheet.write_number(line, len(keys) + 1, row)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()


def neutral(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _rows_to_return(report: Report) -> pl.DataFrame:
    households = report.families.filter(pl.col("state") == "faulty").select("household")
    rows = report.persons.join(households, on="household", how="semi").select("row")
    warned = report.problems.select("row")
    wanted = pl.concat([rows, warned]).unique()
    return report.sheet.frame.join(wanted, on="row", how="semi", maintain_order="left")


def _by_row(report: Report) -> dict[int, list[tuple[str, str, Level]]]:
    told: dict[int, list[tuple[str, str, Level]]] = {}
    for row, key, message, level in report.problems.select(
        "row", "key", "message", "level"
    ).iter_rows():
        told.setdefault(row, []).append((key, message, level))
    return told


def _write_row(
    sheet: Worksheet,
    line: int,
    keys: list[str],
    cells: Iterable[str | None],
    told: list[tuple[str, str, Level]],
    fills: dict[Level, Format],
) -> None:
    # An error outweighs a warning on the same cell.
    levels = {key: level for level in ("warning", "error") for key, _, of in told if of == level}
    for place, (key, cell) in enumerate(zip(keys, cells, strict=True)):
        level = levels.get(key)
        sheet.write_string(line, place, neutral(cell or ""), fills[level] if level else None)
    words = [f"{'错误' if level == 'error' else '提醒'}：{message}" for _, message, level in told]
    sheet.write_string(line, len(keys), "\n".join(words))

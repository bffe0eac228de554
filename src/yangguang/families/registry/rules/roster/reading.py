"""Reads the table a township really holds: title rows, merged cells, totals, any header."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import batched, islice
from pathlib import Path
from typing import Final

import polars as pl
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from yangguang.families.registry.rules.roster.columns import BY_KEY, REQUIRED, column_key
from yangguang.families.registry.rules.roster.upload import RosterUnreadable, examine

_HEADER_WITHIN: Final = 30
_KNOWN_HEADERS: Final = 3
_CHUNK: Final = 20_000
# A number above this is no longer whole in a spreadsheet, which keeps fifteen digits.
_EXACT: Final = 10**15
_PERHAPS_BROKEN: Final = (
    "如果这本来是 Excel 文件，它就不是真正的表格文件，或者已损坏："
    "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传。"
)
_TOTAL = r"^(本页|本村|全村|全镇|本户)?(合计|总计|小计|累计|共计)"
_FOOT = r"^(填表|制表|审核人|复核人|负责人|经办人|备注|注[:：]|说明|单位)"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A roster as it was read.

    `frame` has `row` (UInt32, as Excel shows it) and one String column for each known key; null is
    an empty cell. `headers` gives the header, as in the file, of each key; `order` all headers from
    left to right, and `places` each key's place among them.
    """

    name: str
    headers: Mapping[str, str]
    order: tuple[str, ...]
    places: Mapping[str, int]
    header_row: int
    frame: pl.DataFrame = field(repr=False)

    def header(self, key: str) -> str:
        """Give the header of a column as in the file, or its usual name when it is missing."""
        return self.headers.get(key) or BY_KEY[key].label


def read_roster(source: str | Path | bytes) -> Sheet:
    """Read a roster from a file or its bytes: xlsx, xls, ods, or csv in UTF-8 or GB18030.

    The first visible sheet with a known header is read. Blank rows, repeated headers, totals and
    foot lines are left out. Raises RosterUnreadable.
    """
    content = source if isinstance(source, bytes) else _bytes_of(Path(source))
    if examine(content) == "text":
        return _sheet("CSV", _csv_rows(content), beside=_PERHAPS_BROKEN)
    try:
        return _read_workbook(load_workbook(io.BytesIO(content)))
    except PasswordError as error:
        raise RosterUnreadable("文件设有打开密码，无法读取。请取消密码后重新上传。") from error
    except (CalamineError, OSError, ValueError) as error:
        raise RosterUnreadable(
            "文件已损坏或格式太旧，打不开。请用 Excel 或 WPS 另存为 .xlsx 后重新上传。"
        ) from error


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RosterUnreadable(f"打不开文件“{path.name}”。请核对文件位置。") from error


def _read_workbook(book: CalamineWorkbook) -> Sheet:
    visible = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
    ]
    for name in visible:
        sheet = book.get_sheet_by_name(name)
        if _find_header(enumerate(islice(sheet.iter_rows(), _HEADER_WITHIN))):
            return _sheet(name, sheet.iter_rows())
    raise _no_header()


def _no_header(beside: str = "") -> RosterUnreadable:
    needed = "、".join(BY_KEY[key].label for key in REQUIRED)
    return RosterUnreadable(
        f"没有找到表头：前{_HEADER_WITHIN}行里没有同时含“{needed}”的一行。"
        f"请核对表头，或下载模板填写（yangguang roster template）。{beside}"
    )


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise RosterUnreadable("文件不是 UTF-8 或 GB18030 编码的文本。请另存为 .xlsx 后上传。")
    try:
        # A quoted cell may hold line breaks, and Excel counts it as one row.
        yield from csv.reader(io.StringIO(text, newline=""))
    except csv.Error as error:
        raise RosterUnreadable("CSV 文件有损坏的行。请另存为 .xlsx 后上传。") from error


def _find_header(rows: Iterable[tuple[int, Sequence[object]]]) -> tuple[int, list[str]] | None:
    for number, row in rows:
        headers = [_text(cell) for cell in row]
        keys = {column_key(header) for header in headers} - {None}
        if len(keys) >= _KNOWN_HEADERS and keys.issuperset(REQUIRED):
            return number, headers
    return None


def _sheet(name: str, rows: Iterable[Sequence[object]], beside: str = "") -> Sheet:
    cells = enumerate(rows)
    found = _find_header(islice(cells, _HEADER_WITHIN))
    if found is None:
        raise _no_header(beside)
    number, headers = found
    places = _places(headers)
    frames = [_frame(chunk, places) for chunk in batched(cells, _CHUNK)]
    frame = _without_idle_rows(pl.concat(frames), headers, places) if frames else None
    if frame is None or frame.is_empty():
        raise RosterUnreadable(f"工作表“{name}”的表头下面没有数据。请填写后重新上传。")
    named = {key: headers[place].strip() for key, place in places.items()}
    return Sheet(name, named, tuple(headers), places, number + 1, frame)


def _places(headers: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, header in enumerate(headers):
        key = column_key(header)
        if key is None:
            continue
        if key in places:
            raise RosterUnreadable(
                f"“{headers[places[key]].strip()}”和“{header.strip()}”两列是同一项。"
                "请只留一列，其余删去或改名。"
            )
        places[key] = place
    return places


def _frame(
    chunk: Sequence[tuple[int, Sequence[object]]], places: Mapping[str, int]
) -> pl.DataFrame:
    numbers, rows = zip(*chunk, strict=True)
    width = max(map(len, rows))
    if any(len(row) != width for row in rows):
        rows = tuple([*row, *[""] * (width - len(row))] for row in rows)
    columns = list(zip(*rows, strict=True))
    texts = {
        key: _series(columns[place] if place < width else [""] * len(rows), key)
        for key, place in places.items()
    }
    shown = pl.Series("row", numbers, dtype=pl.UInt32) + 1
    return pl.DataFrame({"row": shown, **texts}).with_columns(
        pl.col(list(places)).str.strip_chars(" \t\r\n\u3000\u00a0\u200b\ufeff").replace("", None)
    )


def _series(cells: Sequence[object], key: str) -> pl.Series:
    kinds = set(map(type, cells))
    if kinds == {str}:
        return pl.Series(key, cells, dtype=pl.String)
    if kinds == {float} and key != "number":
        return _float_texts(pl.Series(key, cells, dtype=pl.Float64))
    write = _number_text if key == "number" else _text
    return pl.Series(key, [write(cell) for cell in cells], dtype=pl.String)


def _float_texts(cells: pl.Series) -> pl.Series:
    """Write a column of numbers: whole ones without a point, as a spreadsheet shows them."""
    whole = (cells == cells.floor()) & (cells.abs() < _EXACT)
    if whole.all():
        return cells.cast(pl.Int64).cast(pl.String)
    return pl.Series(cells.name, [_text(cell) for cell in cells], dtype=pl.String)


def _number_text(cell: object) -> str:
    # As a float it shows that Excel held it as a number, which the kernel must be able to see.
    return str(float(cell)) if isinstance(cell, int | float) else _text(cell)


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float):
        return str(int(cell)) if cell == cell // 1 and abs(cell) < _EXACT else f"{cell:.15g}"
    return str(cell)


def _without_idle_rows(
    frame: pl.DataFrame, headers: Sequence[str], places: Mapping[str, int]
) -> pl.DataFrame:
    keys = list(places)
    filled = pl.any_horizontal(pl.col(keys).is_not_null())
    first_words = pl.coalesce(keys).str.replace_all(r"\s", "")
    total = pl.col("number").is_null() & first_words.str.contains(f"{_TOTAL}|{_FOOT}")
    again = pl.col("number") == headers[places["number"]].strip()
    return frame.filter(filled & ~total.fill_null(False) & ~again.fill_null(False))

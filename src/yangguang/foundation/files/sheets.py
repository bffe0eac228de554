"""Long lists as a workbook: streamed by rows, with no cell that a spreadsheet would run."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from rustpy_xlsxwriter import write_worksheet

type Cell = str | int | float | date | None

# What starts a formula in a spreadsheet, half-width and full-width, or is trimmed before one.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula: an apostrophe goes before its start."""
    return f"'{text}" if text.startswith(_STARTS) else text


def write_sheet(
    file: BinaryIO, *, title: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    """Write one sheet with a bold frozen header into an open file.

    Headers are different from each other; a row has a cell for each. Money comes in yuan, as a
    number with two decimals. Texts that look like formulas are neutralised. The rows go to a
    temporary file first: given an open file, the library would hold the finished sheet in memory.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        write_worksheet(
            _records(headers, rows),
            str(path),
            title,
            freeze_row=1,
            bold_headers=True,
            float_format="#,##0.00",
            datetime_format="yyyy-mm-dd",
        )
        with path.open("rb") as made:
            shutil.copyfileobj(made, file)


def _records(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[dict[str, Cell]]:
    for row in rows:
        cells = (neutral(cell) if isinstance(cell, str) else cell for cell in row)
        yield dict(zip(headers, cells, strict=True))

"""The columns of a payment list, for people who check it in a spreadsheet."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from yangguang.aid.disbursement.queries.pages import InstructionRow
from yangguang.foundation.files.sheets import Cell, write_sheet

HEADERS = (
    "序号",
    "户编号",
    "区划代码",
    "户名",
    "开户行",
    "卡号末四位",
    "金额（元）",
    "状态",
    "失败原因",
    "到账日期",
    "银行流水",
    "导出",
)


def write_batch(file: BinaryIO, *, number: str, rows: Iterable[InstructionRow], taken: str) -> None:
    """Write a batch (`queries.pages.export_rows`) as a workbook, amounts in yuan, cards by tail.

    Each row carries `taken`, who took the sheet and when: a stray one tells where it came from.
    """
    write_sheet(file, title=number[:31], headers=HEADERS, rows=_cells(rows, taken))


def _cells(rows: Iterable[InstructionRow], taken: str) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        yield (
            row.sequence,
            row.household_number,
            row.village_code,
            row.holder,
            row.bank,
            row.card_tail,
            row.amount_fen / 100,
            row.status.label,
            row.failure.label if row.failure else "",
            row.paid_date,
            row.bank_serial,
            taken,
        )

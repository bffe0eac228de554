"""Payment rows as a workbook, by our writer or by openpyxl: what a child process does."""

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import django

import yangguang.config.command  # noqa: F401  tells Django where its settings are
from bench.measure import peak_gb

django.setup()

from yangguang.aid.disbursement.channels.sheets import HEADERS, write_batch  # noqa: E402
from yangguang.aid.disbursement.queries.pages import InstructionRow  # noqa: E402
from yangguang.aid.disbursement.types import FailureCode, InstructionStatus  # noqa: E402

TITLE = "2026-11"
TAKEN = "示例员 2026-11-24 10:00"
_PAID = date(2026, 11, 10)


def rows(count: int) -> Iterator[InstructionRow]:
    """Give so many payments one by one, one of fifty failed, the same for the same count."""
    for number in range(1, count + 1):
        failed = number % 50 == 0
        yield InstructionRow(
            household_id=number,
            household_number=f"3701{number:08d}",
            village_code=f"3701{number % 5758:08d}",
            sequence=number,
            holder=f"示例{number % 977}",
            bank="示例银行股份有限公司",
            card_tail=f"{number * 7919 % 10000:04d}",
            amount_fen=20_000 + number * 31 % 90_000,
            status=InstructionStatus.FAILED if failed else InstructionStatus.PAID,
            failure=FailureCode.CLOSED if failed else None,
            paid_date=None if failed else _PAID + timedelta(days=number % 5),
            bank_serial="" if failed else f"S{number:012d}",
        )


def write(path: Path, count: int) -> None:
    """Write the rows by the house's own channel."""
    with path.open("wb") as file:
        write_batch(file, number=TITLE, rows=rows(count), taken=TAKEN)


def write_openpyxl(path: Path, count: int) -> None:
    """Write the same cells by openpyxl, write-only: header bold and frozen, formats alike."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(TITLE)
    sheet.freeze_panes = "A2"
    heads = [WriteOnlyCell(sheet, header) for header in HEADERS]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in rows(count):
        amount = WriteOnlyCell(sheet, row.amount_fen / 100)
        amount.number_format = "#,##0.00"
        sheet.append([
            row.sequence, row.household_number, row.village_code, row.holder, row.bank,
            row.card_tail, amount, row.status.label, row.failure.label if row.failure else "",
            row.paid_date, row.bank_serial, TAKEN,
        ])  # fmt: skip
    book.save(path)


def main(verb: str, path: Path, count: int) -> None:
    """Write once; print the seconds and the peak in GB."""
    start = perf_counter()
    {"write": write, "openpyxl": write_openpyxl}[verb](path, count)
    print(perf_counter() - start, peak_gb())


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))

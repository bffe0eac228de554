"""A bank that stands in: reads a file and answers it, always alike for the same seed."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from yangguang.aid.disbursement.channels.bankfile.layout import FileRefused, frame, unframe
from yangguang.aid.disbursement.channels.bankfile.returned import FAILED, PAID, TIME
from yangguang.aid.disbursement.types import Encoding, FailureCode

_CODES = [code.label for code in FailureCode]


def answer(
    data: bytes,
    *,
    encoding: Encoding,
    seed: int,
    paid_at: datetime,
    failing_per_mille: int = 10,
) -> bytes:
    """Give the return file to a bank file: about so many in a thousand fail, the others arrive.

    `paid_at` is the bank's local time of the first arrival. Nothing is kept; the same file and seed
    give the same bytes. Raises `FileRefused` for a file whose frame or sums are not right.
    """
    head, *lines = unframe(data, encoding=encoding)
    batch_number = _checked(head, lines)
    answers = [
        _answer(row, line, seed, paid_at, failing_per_mille) for row, line in enumerate(lines)
    ]
    paid = [int(fields[4]) for fields in answers if fields[5] == PAID]
    sums = [len(answers), sum(int(fields[4]) for fields in answers), len(paid), sum(paid)]
    return frame([["R", batch_number, *map(str, sums)], *answers], encoding=encoding)


def _checked(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    total = sum(int(line[10]) for line in lines)
    if list(head[2:4]) != [str(len(lines)), str(total)]:
        raise FileRefused(1, "表头的笔数或合计与明细不符")
    return head[1]


def _answer(
    row: int, line: Sequence[str], seed: int, paid_at: datetime, failing_per_mille: int
) -> list[str]:
    drawn = hashlib.sha256(f"{seed}/{line[1]}/{line[5]}".encode()).digest()
    start = ["D", line[1], line[5], line[9][-4:], line[10]]
    if int.from_bytes(drawn[:4]) % 1000 < failing_per_mille:
        return [*start, FAILED, _CODES[drawn[4] % len(_CODES)], "", ""]
    time = paid_at + timedelta(seconds=row // 100)
    return [*start, PAID, "", time.strftime(TIME), f"YH{line[1]}{row + 1:06}"]

"""The frame of both files: a head with sums, lines of fields, a digest of all before it."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence

from yangguang.aid.disbursement.types import Encoding
from yangguang.foundation.kernel.refusals import Refusal

SEPARATOR = "|"
ENDING = "\r\n"
_TRAILER = re.compile(rb"T\|([0-9a-f]{64})\r\n\Z")


class FileRefused(Refusal):
    """A file is refused as a whole; `row` is its line, the head being 1, or 0 for all of it."""

    def __init__(self, row: int, why: str) -> None:
        """Keep the row and say why."""
        self.row = row
        where = f"第{row}行" if row else "文件"
        super().__init__(f"{where}：{why}。整个文件未受理，请更正后重新提交。")


def frame(lines: Iterable[Sequence[str]], *, encoding: Encoding) -> bytes:
    """Give the bytes of a file whose first line is its head, with the digest line at the end.

    Raises `FileRefused` naming the row for a sign that the encoding cannot hold, or one that would
    break the frame.
    """
    body = b"".join(_line(row, fields, encoding) for row, fields in enumerate(lines, 1))
    digest = hashlib.sha256(body).hexdigest()
    return body + f"T{SEPARATOR}{digest}{ENDING}".encode("ascii")


def unframe(data: bytes, *, encoding: Encoding) -> list[list[str]]:
    """Give the fields of each line without the digest line.

    Raises `FileRefused` when the digest is missing or differs, or the text is not in the encoding,
    and for a control character.
    """
    found = _TRAILER.search(data)
    if found is None:
        raise FileRefused(0, "末行没有摘要，文件可能不完整")
    body = data[: found.start()]
    if hashlib.sha256(body).hexdigest().encode() != found[1]:
        raise FileRefused(0, "摘要与内容不符，文件在传送中被改动")
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        row = body[: error.start].count(b"\n") + 1
        raise FileRefused(row, f"文字不是{encoding.label}编码") from error
    lines = text.split(ENDING)[:-1]
    for row, line in enumerate(lines, 1):
        if any(unicodedata.category(sign) == "Cc" for sign in line):
            raise FileRefused(row, "含有控制字符")
    return [line.split(SEPARATOR) for line in lines]


def _line(row: int, fields: Sequence[str], encoding: Encoding) -> bytes:
    for text in fields:
        if SEPARATOR in text or any(unicodedata.category(sign) == "Cc" for sign in text):
            raise FileRefused(row, f"“{text!s}”含有分隔符或控制字符")
    try:
        return (SEPARATOR.join(fields) + ENDING).encode(encoding)
    except UnicodeEncodeError as error:
        sign = error.object[error.start]
        raise FileRefused(
            row,
            f"“{fields[6] if len(fields) > 6 else ''}”中的“{sign}”字，{encoding.label}字库里没有。"
            f"请改用{Encoding.GB18030.label}或{Encoding.UTF8.label}编码",
        ) from error

"""What an uploaded roster must pass before any parser opens it."""

import io
import re
import zipfile
from typing import Final, Literal

from yangguang.foundation.kernel.refusals import Refusal

type Form = Literal["workbook", "text"]

LARGEST: Final = 50 * 1024 * 1024
LARGEST_UNPACKED: Final = 200 * 1024 * 1024
# A sheet of equal cells packs to a hundredth; small parts may pack better and harm nobody.
HIGHEST_RATIO: Final = 100
_RATIO_FROM: Final = 1024 * 1024
MOST_PARTS: Final = 2_000
# Signs that no text has: NUL and the other controls but for tabs, line ends and page ends.
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How Excel names the stream of an encrypted workbook in a compound file: UTF-16, little end first.
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_SAVE_ANEW: Final = "请用 Excel 或 WPS 另存为 .xlsx 后重新上传"


class RosterUnreadable(Refusal):
    """The file as a whole cannot be taken: too large, encrypted, damaged, or no roster."""


def examine(content: bytes) -> Form:
    """Tell a workbook (xlsx, xls, ods) from text (csv), having held both against the limits.

    At most 50 MB, 200 MB unpacked, packed to no less than a hundredth. Raises RosterUnreadable.
    """
    if not content:
        raise RosterUnreadable("文件是空的。请选择填好的名册文件后重新上传。")
    if len(content) > LARGEST:
        raise RosterUnreadable(
            f"文件有{len(content) // 1024 // 1024}MB，超过50MB。请删去图片或按乡镇拆成几个文件。"
        )
    if content.startswith(_ZIP):
        _examine_parts(content)
        return "workbook"
    if content.startswith(_COMPOUND):
        if _ENCRYPTED in content:
            raise RosterUnreadable("文件设有打开密码，无法读取。请取消密码后重新上传。")
        return "workbook"
    if content.startswith(b"PK") or _CONTROLS.search(content[:4096]):
        raise RosterUnreadable(f"不是表格文件，或文件已损坏。{_SAVE_ANEW}。")
    return "text"


def _examine_parts(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise RosterUnreadable(f"文件已损坏，打不开。{_SAVE_ANEW}。") from error
    if any(part.flag_bits & 1 for part in parts):
        raise RosterUnreadable("文件设有打开密码，无法读取。请取消密码后重新上传。")
    swollen = any(
        part.file_size > _RATIO_FROM and part.file_size > HIGHEST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    total = sum(part.file_size for part in parts)
    if swollen or total > LARGEST_UNPACKED or len(parts) > MOST_PARTS:
        raise RosterUnreadable(
            f"文件展开后过大（{total // 1024 // 1024}MB，上限200MB）或压缩异常，未予打开。"
            "请把数据复制到新表格，按乡镇拆成几个文件后上传。"
        )

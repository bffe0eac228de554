"""Reads a roster in a process of its own, so that no file can take the server with it."""

import io
import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Final

import polars as pl

from yangguang.families.registry.rules.roster.reading import Sheet, read_roster
from yangguang.families.registry.rules.roster.upload import RosterUnreadable, examine

_SECONDS: Final = 60
_MEMORY: Final = 2 * 1024**3
_LENGTH: Final = 4
_UNREADABLE: Final = "文件已损坏或内容异常，打不开。请用 Excel 或 WPS 另存为 .xlsx 后重新上传。"


def read_apart(source: str | Path | bytes) -> Sheet:
    """Read a roster as `read_roster` does, in a child process with limits of memory and time.

    A file that brings the reader down is refused like any other. Raises RosterUnreadable.
    """
    content = source if isinstance(source, bytes) else _bytes_of(Path(source))
    examine(content)
    try:
        child = subprocess.run(
            [sys.executable, "-m", __name__],
            input=content, capture_output=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise RosterUnreadable(f"{_SECONDS}秒内没有读完。请按乡镇拆成几个文件后上传。") from error
    if child.returncode == 1 and child.stdout:
        raise RosterUnreadable(child.stdout.decode())
    if child.returncode != 0:
        raise RosterUnreadable(_UNREADABLE)
    return _received(child.stdout)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RosterUnreadable(f"打不开文件“{path.name}”。请核对文件位置。") from error


def _received(answer: bytes) -> Sheet:
    start = _LENGTH + int.from_bytes(answer[:_LENGTH])
    told = json.loads(answer[_LENGTH:start])
    return Sheet(
        name=told["name"],
        headers=told["headers"],
        order=tuple(told["order"]),
        places=told["places"],
        header_row=told["header_row"],
        frame=pl.read_ipc(io.BytesIO(answer[start:])),
    )


def _answer(sheet: Sheet) -> bytes:
    head = json.dumps(_without_frame(sheet)).encode()
    body = io.BytesIO()
    sheet.frame.write_ipc(body, compression="lz4")
    return len(head).to_bytes(_LENGTH) + head + body.getvalue()


def _without_frame(sheet: Sheet) -> dict[str, object]:
    return {
        "name": sheet.name,
        "headers": dict(sheet.headers),
        "order": sheet.order,
        "places": dict(sheet.places),
        "header_row": sheet.header_row,
    }


def _serve() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    try:
        answer = _answer(read_roster(sys.stdin.buffer.read()))
    except RosterUnreadable as refusal:
        sys.stdout.buffer.write(str(refusal).encode())
        return 1
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(_serve())

"""Where an uploaded roster waits between its check and its taking: private, nameless, not long."""

import os
import re
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import Actor

KEPT = timedelta(hours=2)
_KEY = re.compile(r"[0-9a-f]{32}")


class RosterGone(Refusal):
    """The uploaded file is not there any more, or somebody else uploaded it."""


def keep(data: bytes, *, by: Actor, at: datetime) -> str:
    """Keep a file for its uploader alone, sweep out what he left behind, and give its key."""
    _sweep(at)
    key = secrets.token_hex(16)
    path = _path(key, by)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return key


def fetch(key: str, *, by: Actor, at: datetime) -> bytes:
    """Give a kept file back to its uploader. Raises RosterGone, also two hours after."""
    path = _path(key, by) if _KEY.fullmatch(key) else None
    if path is None or not path.exists() or _is_old(path, at):
        raise RosterGone("这份名册已过保存时间（两小时）或不是您上传的。请重新上传名册文件。")
    return path.read_bytes()


def drop(key: str, *, by: Actor) -> None:
    """Throw a kept file away."""
    if _KEY.fullmatch(key):
        _path(key, by).unlink(missing_ok=True)


def _path(key: str, by: Actor) -> Path:
    return _folder() / str(by.id) / key


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "rosters"


def _sweep(at: datetime) -> None:
    for path in _folder().glob("*/*"):
        if _is_old(path, at):
            path.unlink(missing_ok=True)


def _is_old(path: Path, at: datetime) -> bool:
    return at.timestamp() - path.stat().st_mtime > KEPT.total_seconds()

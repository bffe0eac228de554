"""Keys that an installation makes once and keeps in its key folder, readable by it alone."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from yangguang.foundation.kernel.state import key_folder


def kept_key(name: str) -> bytes:
    """Give the 32 bytes kept under `name`, made on first use with mode 0600."""
    path = key_folder() / name
    if not path.exists():
        # Of two that make it at once, the first one's stands.
        with suppress(FileExistsError):
            place_new(path, secrets.token_bytes(32))
    return path.read_bytes()


def place_new(path: Path, data: bytes) -> None:
    """Put a file in place whole and only where none is. Raises `FileExistsError`."""
    written = _written(path, data)
    try:
        os.link(written, path)
    finally:
        written.unlink()


def place_over(path: Path, data: bytes) -> None:
    """Put a file in place whole, over the one that stands there."""
    _written(path, data).replace(path)


def _written(path: Path, data: bytes) -> Path:
    written = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return written

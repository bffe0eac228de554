"""Keys that an installation makes once and keeps in its state folder, readable by it alone."""

import os
import secrets

from yangguang.foundation.kernel.state import state_folder


def kept_key(name: str) -> bytes:
    """Give the 32 bytes kept under `name`, made on first use with mode 0600."""
    path = state_folder() / "keys" / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    key = secrets.token_bytes(32)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
    return key

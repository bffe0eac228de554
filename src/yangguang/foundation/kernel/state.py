"""Where an installation keeps what is its own: keys, secrets, the embedded database, files."""

import os
from pathlib import Path


def state_folder() -> Path:
    """Give the state folder: `YANGGUANG_STATE`, else `~/.local/state/yangguang`; make it."""
    given = os.environ.get("YANGGUANG_STATE")
    folder = Path(given) if given else Path.home() / ".local" / "state" / "yangguang"
    folder.mkdir(parents=True, exist_ok=True)
    return folder.resolve()


def key_folder() -> Path:
    """Give the folder of keys: `YANGGUANG_KEYS`, else `keys` in the state folder; make it."""
    given = os.environ.get("YANGGUANG_KEYS")
    folder = Path(given) if given else state_folder() / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder.resolve()

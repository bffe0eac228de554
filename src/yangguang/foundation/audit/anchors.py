"""The anchor folder: each signed head as a file that others are to keep beyond our reach."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from yangguang.foundation.audit.rules.freshness import AnchorTaken
from yangguang.foundation.kernel.state import state_folder


def anchor_folder() -> Path:
    """Give the folder of anchors: `YANGGUANG_ANCHOR`, else `anchor` in the state folder."""
    given = os.environ.get("YANGGUANG_ANCHOR")
    return Path(given) if given else state_folder() / "anchor"


def write_anchor(head: Mapping[str, Any]) -> Path:
    """Write a head as `YYYY-MM-DD.json`, further ones of the day numbered.

    Never over another: raises `AnchorTaken` when one stands there.
    """
    folder = anchor_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{head['on']}.json"
    if path.exists():
        path = folder / f"{head['on']}-{head['number']:06}.json"
    data = json.dumps(head, ensure_ascii=False, indent=1).encode()
    try:
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as taken:
        raise AnchorTaken(
            f"锚定文件{path.name}已经存在，没有覆盖。"
            "这可能是库被恢复到了旧时点，也可能是留痕被重造。请先运行 yangguang audit verify 核验。"
        ) from taken
    return path


def read_anchors() -> list[Any]:
    """Give what all anchor files hold, by name; of a file that is not JSON, the name itself."""
    found: list[Any] = []
    for path in sorted(anchor_folder().glob("*.json")):
        try:
            found.append(json.loads(path.read_bytes()))
        except ValueError:
            found.append(path.name)
    return found


def lay_aside() -> None:
    """Rename the anchor folder of a database that was dropped, so that the next begins its own.

    Only the one in the state folder: what others keep is theirs.
    """
    folder = state_folder() / "anchor"
    if folder.exists() and folder == anchor_folder():
        number = sum(1 for _ in state_folder().glob("anchor-*")) + 1
        folder.rename(folder.with_name(f"anchor-{number:03}"))

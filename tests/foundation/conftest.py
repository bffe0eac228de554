"""Keys of a test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from yangguang.foundation.walls.sealing import forget_keys


@pytest.fixture
def key_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give an installation without any key: the folder that its first seal makes."""
    monkeypatch.setenv("YANGGUANG_KEYS", str(tmp_path / "keys"))
    monkeypatch.delenv("YANGGUANG_KEK", raising=False)
    forget_keys()
    yield tmp_path / "keys"
    forget_keys()

"""The gallery in a real browser, under the strict content policy."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium on this machine")
def test_every_macro_is_without_barriers_at_every_width_and_size(tmp_path: Path) -> None:
    command = [sys.executable, "tools/assets/gallery.py", "--pictures", str(tmp_path)]
    found = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert found.returncode == 0, found.stdout + found.stderr
    assert len(list(tmp_path.glob("*.png"))) == 5

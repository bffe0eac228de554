"""Find a browser for the tests, or fetch one where the network allows; else say so loudly.

    python tools/browser.py

The path found is kept in the state folder. In CI (`YANGGUANG_REQUIRE=browser`) a missing browser is
an error; elsewhere its tests are skipped.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from yangguang.foundation.kernel.state import state_folder

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def fetched() -> str | None:
    """Give the browser that Playwright keeps for itself, if there is one."""
    caches = [
        Path.home() / ".cache" / "ms-playwright",
        Path.home() / "Library/Caches/ms-playwright",
    ]
    for cache in caches:
        for name in ("chrome", "headless_shell", "chrome-headless-shell", "Chromium"):
            for path in sorted(cache.glob(f"chromium*/**/{name}"), reverse=True):
                if path.is_file() and os.access(path, os.X_OK):
                    return str(path)
    return None


def fetch() -> None:
    """Let Playwright fetch its own browser; without a network this fails soon."""
    try:
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"],
            timeout=240,
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        print("浏览器下载超时。", file=sys.stderr)


def main() -> int:
    """Note the browser's path, or say what is missing and what to do."""
    note = state_folder() / "browser"
    path = next((found for name in NAMES if (found := shutil.which(name))), None) or fetched()
    if path is None:
        fetch()
        path = fetched()
    note.write_text(path or "")
    if path:
        return 0
    print(
        "\n" + "!" * 88 + "\n没有浏览器：浏览器测试将跳过。Debian 上：apt-get install chromium\n"
        "NO BROWSER: its tests are skipped.\n" + "!" * 88 + "\n",
        file=sys.stderr,
    )
    return 1 if "browser" in os.environ.get("YANGGUANG_REQUIRE", "") else 0


if __name__ == "__main__":
    sys.exit(main())

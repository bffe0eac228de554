"""A served city for tests with a real browser: one state, one server, shared by them all."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tools.assets.gallery import FLAGS
from yangguang.foundation.kernel.state import state_folder

# The demonstration ends by Ctrl-C, which what is started in the background may have ignored.
COMMAND = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from yangguang.config.command import main; main()"
)
PATIENCE = 15
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser_path() -> str:
    """Give the browser that set-up noted or the machine has; "" without one."""
    note = state_folder() / "browser"
    noted = note.read_text().strip() if note.exists() else ""
    return noted or next(filter(None, map(shutil.which, NAMES)), "")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a real browser; without one skip loudly, or fail where it is required.

    A module at a time: while Playwright runs, Django takes the thread for an asynchronous one.
    """
    path = browser_path()
    if not path:
        missing = "没有浏览器，浏览器测试未运行 / NO BROWSER: this test was not run"
        if "browser" in os.environ.get("YANGGUANG_REQUIRE", ""):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def served_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Make and serve a small city in a state of its own, and give its address."""
    state = tmp_path_factory.mktemp("city")
    environment = os.environ | {"YANGGUANG_STATE": str(state), "YANGGUANG_DEMO": "1"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-c", COMMAND, "demo", "--households", "300",
               "--port", str(free_port())]  # fmt: skip
    log = state / "log"
    with (
        log.open("w+") as errors,
        subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            bufsize=1,
            start_new_session=True,
        ) as server,
    ):
        try:
            yield address_from(server, log)
        finally:
            stop(server, state)
    shutil.rmtree(state, ignore_errors=True)


def stop(server: "subprocess.Popen[str]", state: Path) -> None:
    """End the demonstration as Ctrl-C does, by force after a while, and its database with it."""
    os.killpg(server.pid, signal.SIGINT)
    try:
        server.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    note = state / "postgres" / "postmaster.pid"
    if note.exists():
        os.kill(int(note.read_text().split()[0]), signal.SIGINT)


def free_port() -> int:
    """Give a port that nobody listens on; asked beside the guard that holds tests' own sockets."""
    ask = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
    return int(subprocess.check_output([sys.executable, "-c", ask], text=True))


def address_from(server: "subprocess.Popen[str]", log: Path) -> str:
    """Read the address that the demonstration prints once it is served."""
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(r"http://[\w.:\[\]]+/", line):
            return found[0]
    raise AssertionError(f"the demonstration was not served: {log.read_text()[-2000:]}")

"""The served city ends when it is told to, and nothing of it stays."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from tests.faces.conftest import free_port

pytestmark = pytest.mark.slow


@contextmanager
def serving(port: int) -> Iterator["subprocess.Popen[str]"]:
    """Serve until the block ends; what still stands then, after a failure too, is killed."""
    command = [sys.executable, "-m", "yangguang.config.command", "serve", "--port", str(port)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as city:
        try:
            yield city
        finally:
            below = workers_of(city.pid)
            if city.poll() is None:
                city.kill()
            for one in below:
                with suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)


def stands(port: int) -> bool:
    """Ask from a process of its own, beside the guard that holds tests' own sockets."""
    ask = f"import socket, sys; sys.exit(socket.socket().connect_ex(('127.0.0.1', {port})))"
    return subprocess.run([sys.executable, "-c", ask], check=False).returncode == 0


@pytest.mark.parametrize("ask", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_end_to_the_whole_group_leaves_no_worker(ask: signal.Signals) -> None:
    port = free_port()
    with serving(port) as city:
        assert city.stdout is not None
        assert f"http://127.0.0.1:{port}/" in city.stdout.readline()
        os.killpg(city.pid, ask)
        city.wait(timeout=60)
    deadline = time.monotonic() + 20
    while stands(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not stands(port)


def workers_of(pid: int) -> list[int]:
    """List the processes below the server, which is itself below the command."""
    said = subprocess.check_output(["ps", "-A", "-o", "pid=,ppid="], text=True)
    pairs = [tuple(map(int, line.split())) for line in said.splitlines()]
    servers = {one for one, above in pairs if above == pid}
    return [one for one, above in pairs if above in servers]


def test_a_worker_that_died_is_replaced_and_the_city_goes_on() -> None:
    port = free_port()
    with serving(port) as city:
        assert city.stdout is not None
        city.stdout.readline()
        before = workers_of(city.pid)
        assert len(before) >= 2
        os.kill(before[-1], signal.SIGKILL)
        deadline = time.monotonic() + 60
        while not set(workers_of(city.pid)) - set(before) and time.monotonic() < deadline:
            assert city.poll() is None, "the whole service ended"
            time.sleep(0.2)
        assert set(workers_of(city.pid)) - set(before)
        assert stands(port)
        os.killpg(city.pid, signal.SIGINT)
        city.wait(timeout=60)


def test_a_port_in_use_is_told_as_such() -> None:
    hold = (
        "import socket, sys; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(); "
        "print(s.getsockname()[1], flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        done = subprocess.run(
            [sys.executable, "-m", "yangguang.config.command", "serve", "--port",
             holder.stdout.readline().strip()],
            capture_output=True, text=True, check=False, timeout=200,
        )  # fmt: skip
        holder.kill()
    assert done.returncode == 2
    assert "可能已被占用" in done.stderr

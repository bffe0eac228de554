"""`yangguang serve`: the web server, in front of which a city puts its own proxy."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException

import click
from django.core.management import call_command

from yangguang.foundation.kernel.refusals import Refusal

_PATIENCE = 120
_GRACE = 15


class NotAnswering(Refusal):
    """The server did not come up."""


@click.command(help="启动网页服务。")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """Serve what stands in the database."""
    serve_city(host=host, port=port, demo=False)


def serve_city(*, host: str, port: int, demo: bool) -> None:
    """Gather the static files, start the server, print its address, and wait for its end.

    Two workers, for two cores; a worker that dies is replaced. Many threads, since a slow sender
    holds one. Raises `NotAnswering`.
    """
    call_command("collectstatic", interactive=False, verbosity=0)
    environment = os.environ | ({"YANGGUANG_DEMO": "1"} if demo else {})
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host,
        "--port", str(port), "--workers", "2", "--blocking-threads", "16", "--no-ws",
        "--respawn-failed-workers", "--http1-header-read-timeout", "10000",
        "--log-level", "error", "yangguang.config.wsgi:application",
    ]  # fmt: skip
    # A session of its own: Ctrl-C at a terminal reaches us alone, and we end it in order.
    server = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        with _told_to_stop():
            _await(host, port, server)
            click.echo(f"打开网址：http://{host}:{port}/   （Ctrl-C 停止）")
            server.wait()
    except KeyboardInterrupt:
        click.echo("正在停止……")
    finally:
        _end(server)


@contextmanager
def _told_to_stop() -> Iterator[None]:
    """Take a request to end, or a closed terminal, like Ctrl-C, even where that was ignored."""
    asked = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(one, signal.default_int_handler) for one in asked]
    try:
        yield
    finally:
        for one, handler in zip(asked, before, strict=True):
            signal.signal(one, handler)


def _end(server: "subprocess.Popen[bytes]") -> None:
    """End the server; whatever of it still stands after a while is killed with its workers."""
    server.terminate()
    try:
        server.wait(timeout=_GRACE)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _await(host: str, port: int, server: "subprocess.Popen[bytes]") -> None:
    """Wait until the server answers."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise NotAnswering(
                f"网页服务没有起来：{host}:{port} 可能已被占用。请换一个 --port 再试。"
            )
        if _answers(host, port):
            return
        time.sleep(0.2)
    raise NotAnswering(f"网页服务在{_PATIENCE}秒内没有应答，可能机器太忙。请稍后再试。")


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()

"""`yangguang serve`: the web server, in front of which a city puts its own proxy."""

import os
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException

import click
from django.core.management import call_command

from yangguang.foundation.kernel.refusals import Refusal

_PATIENCE = 30


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

    Two workers of two threads: measured best on two cores. Raises `NotAnswering`.
    """
    call_command("collectstatic", interactive=False, verbosity=0)
    environment = os.environ | ({"YANGGUANG_DEMO": "1"} if demo else {})
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host,
        "--port", str(port), "--workers", "2", "--blocking-threads", "2", "--no-ws",
        "--log-level", "warning", "yangguang.config.wsgi:application",
    ]  # fmt: skip
    server = subprocess.Popen(command, env=environment)
    try:
        _await(host, port, server)
        click.echo(f"打开网址：http://{host}:{port}/   （Ctrl-C 停止）")
        server.wait()
    except KeyboardInterrupt:
        click.echo("正在停止……")
    finally:
        server.terminate()
        server.wait(timeout=_PATIENCE)


def _await(host: str, port: int, server: "subprocess.Popen[bytes]") -> None:
    """Wait until the server answers."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        if _answers(host, port):
            return
        time.sleep(0.2)
    raise NotAnswering(f"网页服务没有起来：{host}:{port} 可能已被占用。请换一个 --port 再试。")


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()

"""The ranking page over HTTP and its statements replayed: what a child process measures.

Runs in a state folder of its own, where the demonstration's city stands.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from time import monotonic, perf_counter, sleep
from typing import Any
from urllib.parse import urlencode

import msgspec
import psycopg

from bench.measure import percentile, timed

PERSON = "shiji"
PORT = 8091
ROWS = 100
ROUNDS = 400
CLIENTS = 16
PAGES = 150
WARM = 60
PATIENCE = 300
TIMEOUT = 20


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as the page sent it, and whether its values were bound by the client."""

    text: Any
    values: Any
    is_bound_here: bool
    prepare: bool | None


def measure() -> dict[str, Any]:
    """Time the page and the replay in turns by one client, then the page by sixteen."""
    with _served() as cookie:
        statements = _statements(cookie)
        with _replaying() as server:
            page, replay = _in_turns(cookie, server, statements)
        crowd = _crowd(cookie)
    return {
        "page": percentile(page, 0.5),
        "page_p99": percentile(page, 0.99),
        "replay": percentile(replay, 0.5),
        "queries": len(statements),
        "crowd": percentile(crowd, 0.5),
        "crowd_p99": percentile(crowd, 0.99),
        "pages_a_second": CLIENTS * PAGES / _CROWD_SECONDS[-1],
    }


def _in_turns(
    cookie: str, server: psycopg.Connection, statements: list[Statement]
) -> tuple[list[float], list[float]]:
    client = HTTPConnection("127.0.0.1", PORT, timeout=TIMEOUT)
    for _ in range(WARM):
        _fetch(client, cookie)
        _replay(server, statements)
    page, replay = [], []
    for _ in range(ROUNDS):
        page.append(timed(lambda: _fetch(client, cookie)))
        replay.append(timed(lambda: _replay(server, statements)))
    client.close()
    return page, replay


_CROWD_SECONDS: list[float] = []


def _crowd(cookie: str) -> list[float]:
    """Fetch the page by sixteen clients at once, each over its own connection."""
    times: list[float] = []
    together = threading.Barrier(CLIENTS + 1, timeout=TIMEOUT)

    def visit() -> None:
        client = HTTPConnection("127.0.0.1", PORT, timeout=TIMEOUT)
        _fetch(client, cookie)
        together.wait()
        mine = [timed(lambda: _fetch(client, cookie)) for _ in range(PAGES)]
        times.extend(mine)
        client.close()

    threads = [threading.Thread(target=visit) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    together.wait()
    start = perf_counter()
    for thread in threads:
        thread.join()
    _CROWD_SECONDS.append(perf_counter() - start)
    assert len(times) == CLIENTS * PAGES, "a client failed"
    return times


def _fetch(client: HTTPConnection, cookie: str) -> bytes:
    client.request("GET", "/ranking/", headers={"Cookie": cookie})
    answer = client.getresponse()
    body = answer.read()
    assert answer.status == 200, f"{answer.status} instead of the ranking"
    return body


@contextmanager
def _served() -> Iterator[str]:
    """Serve the city as `yangguang demo` does; give the cookie of who has logged in."""
    command = [sys.executable, "-m", "yangguang.config.command", "demo", "--port", str(PORT)]
    # Only an interrupt stops the embedded server too; a shell's background job ignores it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    server = subprocess.Popen(
        [*command, "--households", sys.argv[1]], stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _await(server)
        yield _log_in()
    finally:
        server.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            server.wait(timeout=60)
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)


def _await(server: "subprocess.Popen[bytes]") -> None:
    until = monotonic() + PATIENCE
    while monotonic() < until and server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", PORT), timeout=5):
            return
        sleep(0.2)
    raise TimeoutError("the server did not come up")


def _log_in() -> str:
    """Log in by the page's own form, and see that the ranking is whole."""
    client = HTTPConnection("127.0.0.1", PORT, timeout=TIMEOUT)
    client.request("GET", "/login/")
    answer = client.getresponse()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
    assert found, "the log-in page has no form"
    token = _cookies(answer.getheaders())
    form = urlencode({"person": PERSON, "csrfmiddlewaretoken": found[1], "next": "/ranking/"})
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": token}
    client.request("POST", "/login/", form, kind)
    answer = client.getresponse()
    answer.read()
    assert answer.status == 302, f"{answer.status}: not logged in"
    cookie = _cookies(answer.getheaders())
    rows = _fetch(client, cookie).decode().count('<td class="idx-cell"')
    assert rows == ROWS, f"{rows} rows on the page"
    client.close()
    return cookie


def _cookies(headers: list[tuple[str, str]]) -> str:
    return "; ".join(value.split(";")[0] for name, value in headers if name.lower() == "set-cookie")


def _statements(cookie: str) -> list[Statement]:
    """Give what one request sends, whole chain and pool included, seen at the driver."""
    from django.test import RequestFactory

    from yangguang.config.wsgi import application

    sent: list[Statement] = []
    execute = psycopg.Cursor.execute

    def note(self: Any, query: Any, params: Any = None, *, prepare: Any = None, **more: Any) -> Any:
        sent.append(Statement(query, params, isinstance(self, psycopg.ClientCursor), prepare))
        return execute(self, query, params, prepare=prepare, **more)

    for _ in range(3):  # the first two open the pool and fill what a worker keeps
        request = RequestFactory().get("/ranking/", headers={"cookie": cookie, "host": "localhost"})
        sent.clear()
        psycopg.Cursor.execute = note  # type: ignore[method-assign, assignment]
        try:
            answer = application(request.environ, lambda status, headers: None)
            body = b"".join(answer)
            answer.close()
        finally:
            psycopg.Cursor.execute = execute  # type: ignore[method-assign]
    assert body.count(b'<td class="idx-cell"') == ROWS
    return list(sent)


@contextmanager
def _replaying() -> Iterator[psycopg.Connection]:
    """Open one connection with the settings of the application's."""
    from django.conf import settings

    from yangguang.config import database

    options = settings.DATABASES["default"]["OPTIONS"]
    with psycopg.connect(
        database.app_address().conninfo(),
        prepare_threshold=options["prepare_threshold"],
        options=options["options"],
    ) as server:
        yield server


def _replay(server: psycopg.Connection, statements: list[Statement]) -> None:
    """Send the very statements with the very values, in one transaction, and fetch the rows."""
    with server.transaction():
        for one in statements:
            kind = psycopg.ClientCursor if one.is_bound_here else psycopg.Cursor
            with kind(server) as cursor:
                cursor.execute(one.text, one.values, prepare=one.prepare)
                if cursor.description:
                    cursor.fetchall()


if __name__ == "__main__":
    os.environ["YANGGUANG_DEMO"] = "1"
    from yangguang.config.command import ready

    ready()
    sys.stdout.write(msgspec.json.encode(measure()).decode())

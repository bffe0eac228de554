"""The cold start: `make demo` in a fresh clone until the first page lists the ranking."""

import os
import signal
import subprocess
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from bench.city import HOUSEHOLDS
from bench.measure import Result

TITLE = "冷启动"
ROOT = Path(__file__).resolve().parent.parent
PORT = 8092
FEW = 2_000
PATIENCE = 600
_NOTE = "新的克隆里 make demo（建虚拟环境、装包、前端资源、建库、造城）到首页列出排序；包缓存已热"


def start() -> list[Result]:
    """Start a small city and the whole one, each in a clone of its own."""
    return [
        Result(f"make demo：{households:,} 户可用", _seconds(households), None, _NOTE, limit=limit)
        for households, limit in ((FEW, 30.0), (HOUSEHOLDS, 120.0))
    ]


def _seconds(households: int) -> float:
    """Clone, untimed; then give the seconds from the command to the ranking, and stop it."""
    with TemporaryDirectory(prefix="yangguang-bench-") as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        given = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        # Only an interrupt stops the embedded server too; a shell's background job ignores it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        begun = perf_counter()
        server = subprocess.Popen(
            ["make", "demo", f"DEMO=--households {households} --port {PORT}"],
            cwd=clone, env=given | {"YANGGUANG_STATE": str(clone / ".state")},
            stdout=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            while not _lists_ranking():
                if server.poll() is not None or perf_counter() - begun > PATIENCE:
                    raise TimeoutError("the city did not come up")
                sleep(0.1)
            return perf_counter() - begun
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                server.wait(timeout=60)
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)


def _lists_ranking() -> bool:
    client = HTTPConnection("127.0.0.1", PORT, timeout=5)
    try:
        client.request("GET", "/")
        answer = client.getresponse()
        return answer.status == 200 and b'<td class="idx-cell"' in answer.read()
    except (OSError, HTTPException):
        return False
    finally:
        client.close()


BENCHES = [start]

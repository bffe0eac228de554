"""`yangguang areas import FILE`: bring in the areas of another city."""

from pathlib import Path

import click
from django.db import transaction
from django.utils import timezone

from yangguang.foundation.divisions.actions import import_areas
from yangguang.foundation.divisions.rules.area_files import scope_of
from yangguang.foundation.kernel.dates import read_date
from yangguang.foundation.walls.context import acting, system


@click.group(help="行政区划：导入其他城市的区划名单。")
def areas() -> None:
    """Hold the commands of areas."""


@areas.command(
    "import",
    help="导入 FILE（CSV，列为 code,name,level,parent，UTF-8 或 GBK）。有一处错误就整份不导入。",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--on", "on_text", default="", help="区划的起始日期，如 2023-06-30；不写即今日。")
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
def import_(file: Path, on_text: str, dry_run: bool) -> None:
    """Check the whole file, then add it, or with --dry-run take everything back."""
    at = timezone.now()
    on = read_date(on_text) if on_text else timezone.localdate(at)
    data = file.read_bytes()
    with acting(system(scope_of(data, file.name))) as actor:
        done = import_areas(data, source=file.name, on=on, by=actor, at=at)
        if dry_run:
            transaction.set_rollback(True)
    said = "检查通过，可导入" if dry_run else "已导入"
    click.echo(f"{said}{done.added}个区划，另有{done.unchanged}个已存在、不变。")

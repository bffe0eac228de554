"""`yangguang areas`: bring in the areas of another city, and change them as decrees do."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click
from django.db import transaction
from django.utils import timezone

from yangguang.families.registry.actions.areas import Followed, follow_areas
from yangguang.foundation.divisions.actions import (
    import_areas,
    merge_areas,
    rename_area,
    reparent_area,
    split_area,
)
from yangguang.foundation.divisions.rules.area_files import scope_of
from yangguang.foundation.divisions.types import NewArea
from yangguang.foundation.kernel.dates import read_date
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import Actor, acting, system

CODE = click.argument("code")
ON = click.option("--on", "on_text", required=True, help="生效日期，如 2026-01-01。")
DECREE = click.option("--reference", required=True, help="批准文件和文号。")


class PartUnread(Refusal):
    """A part of a split is not written as code:name."""


@click.group(help="行政区划：导入其他城市的区划名单；按批准文件更名、合并、拆分、划转。")
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


@areas.command(help="更名：CODE 从生效日起叫 NAME，旧名留存。")
@CODE
@click.argument("name")
@ON
@DECREE
def rename(code: str, name: str, on_text: str, reference: str) -> None:
    """Give an area a new name."""
    _change(
        code,
        on_text,
        lambda on, by, at: rename_area(code, name=name, on=on, reference=reference, by=by, at=at),
    )


@areas.command(help="合并：CODES 并为 --into（其中之一或新代码），家庭随之迁入。")
@click.argument("codes", nargs=-1, required=True)
@click.option("--into", required=True, help="合并后的代码。")
@click.option("--name", required=True, help="合并后的名称。")
@ON
@DECREE
def merge(codes: tuple[str, ...], into: str, name: str, on_text: str, reference: str) -> None:
    """Merge areas of one parent; their households follow."""
    _change(
        codes[0],
        on_text,
        lambda on, by, at: merge_areas(
            codes, into=NewArea(into, name), on=on, reference=reference, by=by, at=at
        ),
    )


@areas.command(
    help="拆分：CODE 拆为多个 --part 代码:名称，可含原代码；去向不明的家庭会列出，逐户迁移。"
)
@CODE
@click.option("--part", "parts", multiple=True, required=True, help="代码:名称，可写多个。")
@ON
@DECREE
def split(code: str, parts: tuple[str, ...], on_text: str, reference: str) -> None:
    """Split an area into several."""
    made = [_part(text) for text in parts]
    _change(
        code,
        on_text,
        lambda on, by, at: split_area(code, parts=made, on=on, reference=reference, by=by, at=at),
    )


@areas.command(help="划转：CODE 连同下辖区划划归 --parent，改用 --code 新代码，家庭随之改属。")
@CODE
@click.option("--parent", required=True, help="新的上级代码。")
@click.option("--code", "new_code", required=True, help="新的代码。")
@ON
@DECREE
def move(code: str, parent: str, new_code: str, on_text: str, reference: str) -> None:
    """Move an area with all below it under another parent."""
    _change(
        code,
        on_text,
        lambda on, by, at: reparent_area(
            code, parent=parent, new_code=new_code, on=on, reference=reference, by=by, at=at
        ),
    )


def _part(text: str) -> NewArea:
    code, sign, name = text.replace("：", ":").partition(":")
    if not sign or not name.strip():
        raise PartUnread(f"“{text}”不是“代码:名称”。请写成 370112001300:新村 这样的形式。")
    return NewArea(code.strip(), name.strip())


def _change(code: str, on_text: str, verb: Callable[[date, Actor, datetime], object]) -> None:
    """Do one change as the operator of the city, let the households follow, and say so."""
    on, at = read_date(on_text), timezone.now()
    with acting(system(code[:4])) as by:
        verb(on, by, at)
        told = follow_areas(code[:4], on=on, by=by, at=at)
    _tell(told)


def _tell(told: Followed) -> None:
    click.echo(f"已变更，{told.moved}户家庭随区划迁入新代码。")
    for code, households in told.unplaced:
        click.echo(f"原{code}的{households}户去向不止一处，请在档案中逐户办理“迁移”。")

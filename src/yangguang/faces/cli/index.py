"""`yangguang index`: score an area, or try a model on it first."""

from datetime import date, datetime
from pathlib import Path

import click
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from yangguang.aid.index.actions import score_area
from yangguang.aid.index.queries import Preview, preview, scope_of
from yangguang.aid.index.rules.loading import load
from yangguang.aid.index.types import Band
from yangguang.foundation.divisions.queries import names
from yangguang.foundation.walls.context import acting, system

CITY = "370100000000"


@click.group(help="救助指数：计算与试算。")
def index() -> None:
    """Group the commands of the index."""


def _day(given: datetime | None) -> date:
    return given.date() if given else timezone.localdate()


@index.command("score", help="计算一个区划内全部家庭的指数并入库。")
@click.option("--area", default=CITY, help="十二位区划代码，默认全市。")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="截至日期，默认今天。")
def score(area: str, on: datetime | None) -> None:
    """Score and store every open household of an area."""
    scope = scope_of(area)
    with Console(stderr=True).status("正在计算指数……"), acting(system(scope)) as actor:
        run = score_area(scope, on=_day(on), by=actor, at=timezone.now())
        counted, model = run.households, run.model_version
    click.echo(f"已计算 {counted} 户，模型 {model}。")


@index.command("preview", help="用另一份模型试算，不入库：谁升、谁降、谁越过资金截止线。")
@click.option("--model", "path", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--area", default=CITY, help="十二位区划代码，默认全市。")
@click.option("--cut", default=0, type=click.IntRange(0), help="资金可及的户数。")
def preview_model(path: Path, area: str, cut: int) -> None:
    """Compare a model with the one in force."""
    scope = scope_of(area)
    other = load(path)
    with Console(stderr=True).status("正在试算……"), acting(system(scope)):
        found = preview(other, scope=scope, on=timezone.localdate(), cut=cut)
        places = names([code.ljust(12, "0") for code, *_ in found.by_area])
    _print(found, places, cut)


def _print(found: Preview, places: dict[str, str], cut: int) -> None:
    click.echo(f"{found.households} 户：升 {found.risen}，降 {found.fallen}。")
    if cut:
        click.echo(f"前 {cut} 户：新进 {found.entering}，退出 {found.leaving}。")
    table = Table("区（县）", "户数", "升", "降", "平均变化")
    for code, count, up, down, mean in found.by_area:
        name = places.get(code.ljust(12, "0"), code)
        table.add_row(name, str(count), str(up), str(down), f"{mean:+.2f}")
    Console().print(table)
    bands = list(Band)
    moved = Table("原困难程度", "新困难程度", "户数")
    for before, after, count in found.by_band:
        if before != after:
            moved.add_row(bands[before - 1].label, bands[after - 1].label, str(count))
    Console().print(moved)

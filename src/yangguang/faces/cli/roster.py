"""`yangguang roster`: import a township's roster, and write the template it is filled into."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click
from django.utils import timezone
from rich.console import Console

from yangguang.aid.index.actions import catch_up
from yangguang.aid.ledger.actions import open_legacy
from yangguang.families.registry.actions.roster import Result, commit_roster
from yangguang.families.registry.queries.roster import check_roster
from yangguang.families.registry.rules.roster.apart import read_apart
from yangguang.families.registry.rules.roster.problems import Problem
from yangguang.families.registry.rules.roster.report import Report
from yangguang.families.registry.rules.roster.writing import annotated, template
from yangguang.foundation.divisions.queries import area
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import Actor, acting, system

_SHOWN = 50
_WORKING = "正在读取、检查名册，大的名册要几十秒……"


class UnknownArea(Refusal):
    """The area of the command does not exist."""


@click.group(help="名册：检查并导入乡镇（街道）的困难家庭名册，或取空白模板。")
def roster() -> None:
    """Hold the commands of rosters."""


@roster.command("template", help="把空白名册模板（xlsx）写到 OUT。")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def template_(out: Path) -> None:
    """Write the empty template."""
    out.write_bytes(template())
    click.echo(f"模板已写到{out}。")


@roster.command(
    "import",
    help="检查并导入 FILE（xlsx、xls、ods 或 csv），一行一人。无误退出 0，有错误退出 1。",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--area", "area_code", required=True, help="名册所属区划的12位代码。")
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--take-clean", is_flag=True, help="有错误时仍导入没有错误的户。")
@click.option("--json", "as_json", is_flag=True, help="结果写成 JSON。")
@click.option(
    "--annotated",
    "out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="把需更正的行连同问题写到这个 xlsx。",
)
def import_(
    file: Path, area_code: str, dry_run: bool, take_clean: bool, as_json: bool, out: Path | None
) -> None:
    """Read, check and, unless told otherwise or stopped by an error, take the roster."""
    at = timezone.now()
    with _under_way(as_json), acting(_actor(area_code)) as by:
        sheet = read_apart(file)
        report = check_roster(sheet, area_code=area_code, on=timezone.localdate(at))
        if out:
            out.write_bytes(annotated(report))
        result = None if dry_run else _take(report, take_clean, by=by, at=at)
    _tell(report, result, as_json=as_json, dry_run=dry_run)


@contextmanager
def _under_way(as_json: bool) -> Iterator[None]:
    """Say on standard error that work goes on, unless a program reads along.

    A line that moves needs a terminal; without one a plain line stands there at once.
    """
    console = Console(stderr=True, quiet=as_json)
    if not console.is_terminal:
        console.print(_WORKING)
    with console.status(_WORKING):
        yield


def _actor(area_code: str) -> Actor:
    here = area(area_code)
    if here is None:
        raise UnknownArea(f"没有代码为“{area_code}”的区划。请填12位区划代码。")
    return system(here.scope)


def _take(report: Report, take_clean: bool, *, by: Actor, at: datetime) -> Result | None:
    """Take the roster and open the aid of families in force; None when errors stop it."""
    if not report.is_clean and not take_clean:
        return None
    result = commit_roster(report, by=by, at=at, take_clean=take_clean)
    open_legacy(
        result.recognised,
        on=report.on,
        area_code=report.area_code,
        by=by,
        at=at,
        key=f"roster-{at:%Y%m%d%H%M%S}",
    )
    catch_up(on=report.on, at=at)
    return result


def _tell(report: Report, result: Result | None, *, as_json: bool, dry_run: bool) -> NoReturn:
    told = report.summary()
    if result is None and not dry_run:
        told |= {"created": 0, "updated": 0}
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _tell_people(report, told, taken=result is not None)
    raise SystemExit(0 if report.is_clean else 1)


def _tell_people(report: Report, told: dict[str, object], *, taken: bool) -> None:
    did = "已导入" if taken else "未写入"
    click.echo(
        f"读到{told['rows']}行，{told['households']}户{told['persons']}人；"
        f"{did}：新增{told['created']}户，更新{told['updated']}户，不变{told['unchanged']}户。"
    )
    for kind, problems in (("错误", report.errors), ("提醒", report.warnings)):
        click.echo(f"{kind}{len(problems)}处。")
        for problem in problems[:_SHOWN]:
            click.echo(f"  {_line(problem)}")
        if len(problems) > _SHOWN:
            click.echo(f"  另有{len(problems) - _SHOWN}处，加 --annotated 写到文件里看。")


def _line(problem: Problem) -> str:
    return f"第{problem.row}行“{problem.column}”（{problem.value or '空'}）：{problem.message}"

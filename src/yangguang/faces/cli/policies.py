"""`yangguang policies`: what is in force, and one more version from its file."""

from pathlib import Path

import click
from django.utils import timezone

from yangguang.foundation.catalogue.actions import add_calendar, add_policy
from yangguang.foundation.catalogue.queries import policies as versions
from yangguang.foundation.catalogue.types import PolicyKind
from yangguang.foundation.kernel.dates import read_date
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import acting, system


class NotText(Refusal):
    """The file is not UTF-8 text."""


@click.group(
    help="政策库：标准、限额、事项、复核周期、指数模型和工作日历，每份注明施行日期和依据。"
)
def policies() -> None:
    """Hold the commands of policies."""


@policies.command("list", help="列出某日（不写即今日）现行的政策。")
@click.option("--on", "on_text", default="", help="日期，如 2026-01-01。")
@click.option("--kind", type=click.Choice(PolicyKind.codes()), help="只列一类。")
def list_(on_text: str, kind: str | None) -> None:
    """List what is in force: kind, key, start, title, and 示例 where nobody has verified it."""
    on = read_date(on_text) if on_text else timezone.localdate()
    for one in [PolicyKind(kind)] if kind else PolicyKind:
        for version in versions(one, on):
            sample = "（示例）" if version.sample else ""
            click.echo(
                "\t".join((one.label, version.key, str(version.valid_from), version.title)) + sample
            )


@policies.command(help="增补 FILE（与随附政策文件同样的格式）一份；已有的版本和有误的文件不收。")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--calendar", is_flag=True, help="FILE 是一年的工作日历。")
@click.option("--area", default="370100000000", show_default=True, help="由哪一级办理，记入留痕。")
def add(file: Path, calendar: bool, area: str) -> None:
    """Add one version; a fault is told by its line."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(f"{file.name}不是 UTF-8 文本，未增补。请另存为 UTF-8 后再试。") from error
    at = timezone.now()
    with acting(system(area[:4])) as by:
        if calendar:
            year = add_calendar(text, source=file.name, by=by, at=at)
            click.echo(f"已增补{year}年工作日历。")
        else:
            version = add_policy(text, source=file.name, by=by, at=at)
            click.echo(f"已增补“{version.title}”，自{version.valid_from}起施行。")

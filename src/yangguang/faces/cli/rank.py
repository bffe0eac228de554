"""`yangguang rank`: the head of any area's list."""

import json
from typing import Any

import click
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from yangguang.aid.index.queries import Filter, page, scope_of
from yangguang.aid.index.types import Hardship
from yangguang.foundation.divisions.queries import area as area_by_code
from yangguang.foundation.kernel.masks import mask_name
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import acting, system


class NoSuchArea(Refusal):
    """The area code is unknown."""


@click.command(help="列出一个区划的救助指数排序（由高到低）。")
@click.option("--area", "code", required=True, help="十二位区划代码，如 370112000000。")
@click.option("--type", "kind", type=click.Choice(Hardship.codes()), help="按困难类型。")
@click.option("--top", type=click.IntRange(1, 100_000), default=20, help="前几户，默认 20。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def rank(code: str, kind: str | None, top: int, as_json: bool) -> None:
    """Print rank, number, masked head, A, H and band of the first families of an area."""
    scope = scope_of(code)
    with acting(system(scope)):
        found = area_by_code(code)
        if found is None:
            raise NoSuchArea(f"没有区划 {code}。请用十二位区划代码，如 370112000000。")
        chosen = Filter(type=Hardship(kind) if kind else None)
        listed = page(scope, chosen, limit=top).rows
    rows = [
        {
            "rank": place,
            "number": row.number,
            "head": mask_name(row.head),
            "A": row.assistance,
            "H": row.hardship,
            "band": row.band.value,
        }
        | ({"T": row.value} if kind else {})
        for place, row in enumerate(listed, start=1)
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        Console().print(_table(found.name, rows, [row.band.label for row in listed]))


def _table(place: str, rows: list[dict[str, Any]], bands: list[str]) -> Table:
    today = timezone.localdate()
    table = Table(title=f"{place}救助指数排序（{today}，示例模型）")
    for heading in ("名次", "户编号", "户主", "救助指数", "困难指数", "困难程度"):
        table.add_column(heading, justify="left" if heading in ("户编号", "户主") else "right")
    for row, band in zip(rows, bands, strict=True):
        table.add_row(
            str(row["rank"]), row["number"], row["head"], f"{row['A']:.1f}", f"{row['H']:.1f}", band
        )
    return table

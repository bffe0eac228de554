"""`yangguang rank`: the head of any area's list."""

import json
from typing import Any

import click
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from yangguang.aid.index.queries import Filter, freshness, page, scope_of
from yangguang.foundation.catalogue.types import AidType
from yangguang.foundation.divisions.queries import area as area_by_code
from yangguang.foundation.kernel.masks import mask_name
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import acting, system


class NoSuchArea(Refusal):
    """The area code is unknown."""


@click.command(help="列出一个区划的救助指数排序（由高到低）。")
@click.option("--area", "code", required=True, help="十二位区划代码，如 370112000000。")
@click.option("--type", "kind", type=click.Choice(AidType.codes()), help="按困难类型。")
@click.option("--top", type=click.IntRange(1, 100_000), default=20, help="前几户，默认 20。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def rank(code: str, kind: str | None, top: int, as_json: bool) -> None:
    """Print rank, number, masked head, A, H and band of the first families of an area."""
    scope = scope_of(code)
    with acting(system(scope)):
        found = area_by_code(code)
        if found is None:
            raise NoSuchArea(f"没有区划 {code}。请用十二位区划代码，如 370112000000。")
        chosen = Filter(type=AidType(kind) if kind else None)
        listed = page(scope, chosen, limit=top).rows
        sample = freshness(code, timezone.localdate()).sample
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
        title = (
            f"{found.name}救助指数排序（{timezone.localdate()}{'，示例模型' if sample else ''}）"
        )
        Console().print(_table(title, rows, [row.band.label for row in listed]))


_NUMBERS = {"T": "类型指数", "A": "救助指数", "H": "困难指数"}


def _table(title: str, rows: list[dict[str, Any]], bands: list[str]) -> Table:
    shown = [key for key in _NUMBERS if rows and key in rows[0]]
    table = Table("名次", "户编号", "户主", title=title)
    for key in shown:
        table.add_column(_NUMBERS[key], justify="right")
    table.add_column("困难程度")
    for row, band in zip(rows, bands, strict=True):
        numbers = [f"{row[key]:.1f}" for key in shown]
        table.add_row(str(row["rank"]), row["number"], row["head"], *numbers, band)
    return table

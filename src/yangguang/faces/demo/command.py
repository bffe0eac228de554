"""`yangguang demo`: a city to try, made and served by one command."""

from datetime import datetime

import click
from django.utils import timezone

from yangguang.faces.cli.serve import serve_city
from yangguang.faces.demo.city.places import HOUSEHOLDS
from yangguang.faces.demo.making import SCOPE, Order, bars, ensure
from yangguang.foundation.audit.actions import sign_head
from yangguang.foundation.walls.context import system


@click.command(help="造一座 2011 年的演示城市（84,498 户，全部虚构）并打开网页服务。")
@click.option("--seed", default=2011, show_default=True, help="随机种子：同一种子同一座城。")
@click.option("--households", default=HOUSEHOLDS, type=click.IntRange(60), show_default=True)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="指数的截至日期，默认今天。")
@click.option("--serve/--no-serve", "serving", default=True, help="造好后是否启动网页服务。")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--fresh", is_flag=True, help="先清空本地数据库，再造。")
@click.pass_context
def demo(
    context: click.Context,
    seed: int,
    households: int,
    on: datetime | None,
    serving: bool,
    host: str,
    port: int,
    fresh: bool,
) -> None:
    """Make the city unless it stands, anchor its trail, then serve it."""
    if fresh:
        context.find_root().obj(fresh=True)
    at = timezone.now()
    order = Order(seed, households, on.date() if on else timezone.localdate(at))
    with bars() as progress:
        made = ensure(order, at=at, progress=progress)
    sign_head(on=timezone.localdate(at), at=timezone.now(), by=system(SCOPE))
    click.echo(f"演示城市{'已造好' if made else '已在'}：{households:,} 户，种子 {seed}。")
    if serving:
        serve_city(host=host, port=port, demo=True)

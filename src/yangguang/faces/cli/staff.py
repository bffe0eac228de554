"""`yangguang staff`: the first people of an installation, and one-time secrets."""

import click
from django.utils import timezone

from yangguang.foundation.accounts.actions import found_post, invite_again
from yangguang.foundation.accounts.queries import area_of, staff_by_username
from yangguang.foundation.walls.context import acting, system


@click.group(help="人员：任命第一批安全管理员，发放一次性口令。")
def staff() -> None:
    """Hold the commands of people."""


@staff.command(help="任命 USERNAME，并打印一次性口令。已有两名安全管理员后，改在网页办理。")
@click.argument("username")
@click.option("--name", required=True, help="姓名。")
@click.option("--role", default="security_administrator", show_default=True, help="岗位代码。")
@click.option("--area", required=True, help="十二位区划代码，如 370100000000。")
def add(username: str, name: str, role: str, area: str) -> None:
    """Appoint one of the first people."""
    with acting(system(area)) as by:
        secret = found_post(
            username, name=name, role=role, area_code=area, by=by, at=timezone.now()
        )
    _say(username, secret)


@staff.command(help="给更换手机或遗忘口令的 USERNAME 重新发放一次性口令，原口令和动态码到时作废。")
@click.argument("username")
def invite(username: str) -> None:
    """Give out a new one-time secret."""
    known = staff_by_username(username)
    with acting(system(area_of(known.pk if known else 0))) as by:
        secret = invite_again(username, by=by, at=timezone.now())
    _say(username, secret)


def _say(username: str, secret: str) -> None:
    click.echo(f"登录名：{username}\n一次性口令：{secret}")
    click.echo("三天内有效，只显示这一次。请当面交给本人，在登录页点“第一次登录”。")

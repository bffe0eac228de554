"""The command `yangguang`: each command is a module, imported only when it is called."""

from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import Any, Final

import click

from yangguang.foundation.kernel.refusals import Refusal


class Needs(Enum):
    """What a command stands on."""

    NOTHING = "nothing"
    EMPTY_DATABASE = "empty_database"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class Known:
    """A command not yet imported: where it is, what it does, what it stands on."""

    target: str
    summary: str
    needs: Needs = Needs.CITY


COMMANDS: Final[dict[str, Known]] = {
    "areas": Known("yangguang.faces.cli.areas:areas", "区划：导入、更名、合并、拆分、划转"),
    "audit": Known("yangguang.faces.cli.audit:audit", "留痕：核验、签发链头、导出、放行"),
    "backup": Known("yangguang.faces.cli.backup:backup", "备份：数据库、文件、密钥，加密"),
    "demo": Known("yangguang.faces.demo.command:demo", "造一座演示城市并打开网页"),
    "index": Known("yangguang.faces.cli.index:index", "救助指数：计算与试算"),
    "keys": Known("yangguang.faces.cli.keys:keys", "密钥：加密状态，在线轮换"),
    "policies": Known("yangguang.faces.cli.policies:policies", "政策：列出现行政策、增补一份"),
    "rank": Known("yangguang.faces.cli.rank:rank", "列出一个区划的排序"),
    "restore": Known(
        "yangguang.faces.cli.backup:restore",
        "恢复：把备份恢复到空的地方并核对",
        Needs.EMPTY_DATABASE,
    ),
    "roster": Known("yangguang.faces.cli.roster:roster", "名册：检查、导入、下载模板"),
    "score": Known(
        "yangguang.faces.cli.score:score",
        "给任意家庭（JSON 行）计算指数，不用数据库",
        Needs.NOTHING,
    ),
    "serve": Known("yangguang.faces.cli.serve:serve", "启动网页服务"),
    "staff": Known("yangguang.faces.cli.staff:staff", "人员：第一批安全管理员、一次性口令"),
    "workdays": Known("yangguang.faces.cli.workdays:workdays", "数工作日", Needs.NOTHING),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to run it.

    So `workdays` and `score` start without Django and without a database, and help starts nothing.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands in order, importing none."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command, or give None when there is no such command.

        The context's object makes the database ready; models can be imported only then.
        """
        known = COMMANDS.get(cmd_name)
        if known is None:
            return None
        if known.needs is Needs.CITY:
            ctx.obj()
        elif known.needs is Needs.EMPTY_DATABASE:
            ctx.obj.bare()
        module, attribute = known.target.split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command does, importing none."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, known.summary) for name, known in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refusal goes to standard error and exits 2."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            click.echo(str(refusal), err=True)
            ctx.exit(2)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="阳光民生救助：困难家庭登记、救助指数、排序、方案、发放。",
)
def main() -> None:
    """Start a command."""

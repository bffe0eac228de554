"""The command `yangguang`: each command is a module, imported only when it is called."""

from importlib import import_module
from typing import Any, Final

import click

from yangguang.foundation.kernel.refusals import Refusal

# Commands that need no database start without Django; the others are imported once it is ready.
ALONE: Final[dict[str, str]] = {
    "score": "yangguang.faces.cli.score:score",
    "workdays": "yangguang.faces.cli.workdays:workdays",
}
WITH_DATABASE: Final[dict[str, str]] = {
    "demo": "yangguang.faces.demo.command:demo",
    "index": "yangguang.faces.cli.index:index",
    "rank": "yangguang.faces.cli.rank:rank",
    "roster": "yangguang.faces.cli.roster:roster",
    "areas": "yangguang.faces.cli.areas:areas",
    "serve": "yangguang.faces.cli.serve:serve",
    "setup": "yangguang.faces.cli.setup:setup",
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to run it or to show its help.

    So `workdays` and `score` start without Django and without a dataframe engine.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands in order, importing none."""
        return sorted(ALONE | WITH_DATABASE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command, or give None when there is no such command.

        The context's object is what makes the database ready; models can be imported only then.
        """
        if cmd_name in WITH_DATABASE:
            ctx.obj()
        elif cmd_name not in ALONE:
            return None
        module, attribute = (ALONE | WITH_DATABASE)[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

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

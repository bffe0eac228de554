"""The entry point: tells Django where its settings are, and how a command gets its database."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yangguang.config.settings")

from yangguang.faces.cli.main import main as commands


def ready(*, fresh: bool = False) -> None:
    """Make the database ready and set up Django: server, tables, areas, policies.

    `fresh` drops the database first: a trial's data, never a city's.
    """
    from yangguang.config.preparing import prepare_all

    prepare_all(fresh=fresh)


def main() -> None:
    """Run `yangguang` and exit with its status."""
    commands(obj=ready, prog_name="yangguang")


if __name__ == "__main__":
    main()

"""The entry point: tells Django where its settings are, and how a command gets its database."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yangguang.config.settings")

from yangguang.faces.cli.main import main as commands


def ready() -> None:
    """Start the embedded database when it is ours, migrate, load areas and policies, set up Django."""
    from yangguang.config.preparing import prepare_all  # noqa: PLC0415  (costs a second; not for all)

    prepare_all()


def main() -> None:
    """Run `yangguang`."""
    commands(obj=ready, prog_name="yangguang")


if __name__ == "__main__":
    sys.exit(main())

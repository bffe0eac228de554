"""The entry point: tells Django where its settings are, and how a command gets its database."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yangguang.config.settings")

from yangguang.faces.cli.main import main as commands


class Ready:
    """Makes the database ready and sets up Django, as a command asks."""

    def __call__(self, *, fresh: bool = False) -> None:
        """Make server, tables, areas, policies; `fresh` drops a trial's database first."""
        from yangguang.config.preparing import prepare_all

        prepare_all(fresh=fresh)

    def bare(self) -> None:
        """Make the server and an empty database alone."""
        from yangguang.config.preparing import prepare_bare

        prepare_bare()


ready = Ready()


def main() -> None:
    """Run `yangguang` and exit with its status."""
    commands(obj=ready, prog_name="yangguang")


if __name__ == "__main__":
    main()

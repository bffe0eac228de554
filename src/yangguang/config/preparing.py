"""Making a database ready for a command: server, roles, tables, areas, policies."""

import django
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from yangguang.config import database
from yangguang.foundation.audit.anchors import lay_aside


def prepare_all(*, fresh: bool = False) -> None:
    """Make everything that a command of the database stands on; quick when nothing is missing."""
    database.start_embedded()
    if fresh:
        _let_go()
        database.drop()
        lay_aside()
    database.prepare()
    django.setup()
    migrate()
    load()
    anchor()


def prepare_bare() -> None:
    """Make the server, its roles and an empty database, which a back-up is to fill."""
    database.start_embedded()
    database.prepare()
    django.setup()


def _let_go() -> None:
    """Close what this process holds of the database that is to go."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def migrate() -> None:
    """Apply what is missing of the migrations, as the owner."""
    connection = connections["owner"]
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", database="owner", interactive=False, verbosity=0)


def load() -> None:
    """Load the shipped areas and policies where they are not the ones already there."""
    # Models exist only after django.setup().
    from yangguang.foundation.catalogue.actions import load_shipped_policies
    from yangguang.foundation.divisions.actions import load_shipped_areas

    at = timezone.now()
    load_shipped_areas(at=at)
    load_shipped_policies(at=at)


def anchor() -> None:
    """Sign and anchor the first head of a database that has none yet."""
    # Models exist only after django.setup().
    from yangguang.foundation.audit.actions import sign_head
    from yangguang.foundation.audit.queries import newest_head
    from yangguang.foundation.walls.context import system

    if newest_head() is None:
        at = timezone.now()
        sign_head(on=timezone.localdate(at), at=at, by=system(""))

"""Hold migrations to the models and to one line per app.

python tools/migrations.py
"""

import os
import sys
from collections import Counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yangguang.config.settings")

import django
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from yangguang.config import database


def main() -> int:
    """Fail when a model has no migration, or when an app's migrations fork."""
    database.start_embedded()
    database.prepare()
    django.setup()
    ours = {config.label for config in apps.get_app_configs() if "yangguang" in config.name}
    leaves = Counter(app for app, _ in MigrationLoader(None).graph.leaf_nodes() if app in ours)
    forked = [app for app, count in leaves.items() if count > 1]
    if forked:
        print(f"迁移分叉：{forked}", file=sys.stderr)
        return 1
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Reveals stand behind the wall, move with the household, and are only ever added to."""

from django.db import migrations

from yangguang.foundation.walls.operations import APP_ROLE, FollowArea, Guard


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_reveal")]

    operations = [
        Guard("registry_reveal"),
        FollowArea("registry_reveal", "registry_household", "household_id"),
        # By grant, not by trigger: the area of a family that moves is changed by the foreign key,
        # in the owner's name.
        migrations.RunSQL(
            f"REVOKE UPDATE, DELETE, TRUNCATE ON registry_reveal FROM {APP_ROLE};",
            f"GRANT UPDATE, DELETE ON registry_reveal TO {APP_ROLE};",
        ),
    ]

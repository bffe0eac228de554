"""The trail is only ever added to, and read within one's scope."""

from django.db import migrations

from yangguang.foundation.walls.operations import AppendOnly, Guard


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [Guard("audit_record"), AppendOnly("audit_record")]

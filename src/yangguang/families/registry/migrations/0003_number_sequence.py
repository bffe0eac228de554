"""The serial of household numbers, which never gives one twice."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_walls")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE registry_household_serial AS bigint CACHE 1;",
            "DROP SEQUENCE registry_household_serial;",
        )
    ]

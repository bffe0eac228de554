"""A payment once entered stays as it is; it moves with its family to another area, that is all."""

from django.db import migrations

from yangguang.foundation.walls.operations import KeepsRows


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_origin_words")]

    operations = [KeepsRows("ledger_payment", "area_code")]

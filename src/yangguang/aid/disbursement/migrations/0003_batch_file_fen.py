"""A batch keeps what its bank file adds up to; those already sent have been held to it."""

from django.db import migrations, models

from yangguang.foundation.walls.operations import AcrossWalls

FILL = "UPDATE disbursement_batch SET file_fen = total_fen WHERE file_digest <> ''"


class Migration(migrations.Migration):
    dependencies = [("disbursement", "0002_walls")]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="file_fen",
            field=models.BigIntegerField(
                blank=True, null=True, verbose_name="银行文件合计（分）"
            ),
        ),
        AcrossWalls("disbursement_batch", FILL),
        migrations.RemoveConstraint(model_name="batch", name="batch_sent_file"),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                name="batch_sent_file",
                condition=models.Q(
                    status="prepared", sent_at=None, file_digest="", file_fen=None
                )
                | (
                    ~models.Q(status="prepared")
                    & models.Q(
                        sent_at__isnull=False,
                        file_digest__regex=r"^[0-9a-f]{64}$",
                        file_fen=models.F("total_fen"),
                    )
                ),
            ),
        ),
    ]

"""What was last paid stands beside its date, so that a page of the ranking reads no ledger."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("index", "0004_types_beside_the_points")]

    operations = [
        # Scores follow from facts: the next run makes them again.
        migrations.RunSQL("TRUNCATE index_score, index_counter;", migrations.RunSQL.noop),
        migrations.AddField(
            "Score", "last_payment_fen",
            models.BigIntegerField(default=0, verbose_name="最近救助金额（分）"),
        ),
    ]

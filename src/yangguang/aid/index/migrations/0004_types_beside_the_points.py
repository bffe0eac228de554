"""The nine type indices stand in the score's own row, with one partial index a type."""

import django.contrib.postgres.fields
from django.db import migrations, models

_TYPES = (
    "living", "medical", "disability", "education", "housing", "employment", "elderly", "family",
    "disaster",
)  # fmt: skip


def _of_type(place: int, code: str) -> migrations.AddIndex:
    return migrations.AddIndex(
        "Score",
        models.Index(models.F("county_code"),
                     models.OrderBy(models.F(f"types__{place}"), descending=True),
                     models.OrderBy(models.F("assistance"), descending=True),
                     condition=models.Q((f"types__{place}__gt", 0)), name=f"score_{code}"),
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("index", "0003_lean_lists")]

    operations = [
        # Scores follow from facts: the next run makes them again.
        migrations.RunSQL(
            """TRUNCATE index_score, index_counter;
            DROP TRIGGER types_follow ON index_score; DROP FUNCTION index_types_follow();""",
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel("TypeScore"),
        migrations.AddField(
            "Score", "types",
            django.contrib.postgres.fields.ArrayField(
                models.FloatField(), size=9, verbose_name="类型指数", default=list),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "Score",
            models.CheckConstraint(condition=models.Q(("types__len", 9)),
                                   name="score_has_every_type"),
        ),
        *(_of_type(place, code) for place, code in enumerate(_TYPES)),
    ]

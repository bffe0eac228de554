"""Narrow rows for the lists of a type, finer buckets, and counts across a wall that name nobody."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.math
from django.db import migrations, models

from yangguang.foundation.walls.operations import APP_ROLE

# Buckets: sixteenths of a point for cities and counties, whole points for townships. Bands and
# flags: at every level. Rows are touched in one fixed order, in one statement.
_COUNT = """
    WITH rows AS ({sides}),
    bands AS (SELECT area_code, band, sum(n) AS h, sum(n * members) AS p FROM rows GROUP BY 1, 2),
    flags AS (
      SELECT area_code, f.bit, sum(n) AS h, sum(n * members) AS p
      FROM rows, (VALUES (1), (2), (4), (8)) AS f (bit) WHERE flags & f.bit <> 0 GROUP BY 1, 2),
    buckets AS (
      SELECT left(area_code, 9) AS town, bucket, sum(n) AS h, sum(n * members) AS p
      FROM rows GROUP BY 1, 2)
    INSERT INTO index_counter AS c (area_code, kind, value, households, people)
    SELECT area_code, kind, value, sum(h), sum(p) FROM (
      SELECT left(area_code, l.n) AS area_code, 'band' AS kind, band AS value, h, p
      FROM bands, (VALUES (4), (6), (9), (12)) AS l (n)
      UNION ALL
      SELECT left(area_code, l.n), 'flag', bit, h, p
      FROM flags, (VALUES (4), (6), (9), (12)) AS l (n)
      UNION ALL
      SELECT left(town, l.n), 'bucket', bucket, h, p FROM buckets, (VALUES (4), (6)) AS l (n)
      UNION ALL
      SELECT town, 'bucket', bucket / 16 * 16, h, p FROM buckets) AS deltas
    GROUP BY 1, 2, 3 HAVING sum(h) <> 0 OR sum(p) <> 0 ORDER BY 1, 2, 3
    ON CONFLICT (area_code, kind, value) DO UPDATE
    SET households = c.households + excluded.households, people = c.people + excluded.people;
"""


def _function(name: str, sides: dict[str, int]) -> str:
    rows = " UNION ALL ".join(
        f"SELECT area_code, bucket, band, flags, members, {sign} AS n FROM {side}"
        for side, sign in sides.items()
    )
    return f"""
    CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$ BEGIN {_COUNT.format(sides=rows)}
    RETURN NULL; END $$;"""


# A clerk's rank in the city counts families whom the clerk may not see. The function looks from the
# area's own scope, gives a number alone, and puts the caller's scope back.
_ABOVE = f"""
CREATE FUNCTION index_count_between(area text, low text, high text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  mine text := current_setting('yg.scope', true);
  found bigint;
BEGIN
  IF coalesce(mine, '') = '' THEN RETURN NULL; END IF;
  PERFORM set_config('yg.scope', area, true);
  CASE length(area)
    WHEN 4 THEN SELECT count(*) INTO found FROM index_score
      WHERE city_code = area AND order_key >= low AND order_key < high;
    WHEN 6 THEN SELECT count(*) INTO found FROM index_score
      WHERE county_code = area AND order_key >= low AND order_key < high;
    WHEN 9 THEN SELECT count(*) INTO found FROM index_score
      WHERE town_code = area AND order_key >= low AND order_key < high;
    ELSE SELECT count(*) INTO found FROM index_score
      WHERE area_code = area AND order_key >= low AND order_key < high;
  END CASE;
  PERFORM set_config('yg.scope', mine, true);
  RETURN found;
END $$;
REVOKE ALL ON FUNCTION index_count_between(text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION index_count_between(text, text, text) TO {APP_ROLE};
"""

_TYPES_FOLLOW = """
CREATE FUNCTION index_types_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  UPDATE index_typescore SET area_code = NEW.area_code WHERE household_id = NEW.household_id;
  RETURN NULL; END $$;
CREATE TRIGGER types_follow AFTER UPDATE OF area_code ON index_score
  FOR EACH ROW WHEN (OLD.area_code <> NEW.area_code) EXECUTE FUNCTION index_types_follow();
"""


class Migration(migrations.Migration):
    dependencies = [("index", "0002_walls")]

    operations = [
        # Scores follow from facts: the next run makes them again.
        migrations.RunSQL(
            "TRUNCATE index_score, index_typescore, index_counter;", migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            "ALTER TABLE index_typescore DROP CONSTRAINT index_typescore_follows_household_id;",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveIndex("TypeScore", "typescore_town"),
        migrations.RemoveIndex("TypeScore", "typescore_county"),
        migrations.RemoveIndex("TypeScore", "typescore_city"),
        migrations.RemoveField("TypeScore", "town_code"),
        migrations.RemoveField("TypeScore", "city_code"),
        migrations.RemoveField("TypeScore", "order_key"),
        migrations.AddField(
            "TypeScore", "assistance", models.FloatField(verbose_name="救助指数", default=0.0),
            preserve_default=False,
        ),
        migrations.AlterField(
            "TypeScore", "household",
            models.ForeignKey(db_constraint=False, db_index=False, related_name="type_scores",
                              on_delete=django.db.models.deletion.CASCADE,
                              to="registry.household"),
        ),
        migrations.AddIndex(
            "TypeScore",
            models.Index(models.F("county_code"), models.F("type"),
                         models.OrderBy(models.F("value"), descending=True),
                         models.OrderBy(models.F("assistance"), descending=True),
                         name="typescore_county"),
        ),
        # The composite key already holds the household and its area together.
        migrations.AlterField(
            "Score", "household",
            models.OneToOneField(db_constraint=False, primary_key=True, serialize=False,
                                 on_delete=django.db.models.deletion.CASCADE,
                                 related_name="score", to="registry.household"),
        ),
        migrations.RemoveField("Score", "bucket"),
        migrations.AddField(
            "Score", "bucket",
            models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Cast(
                    django.db.models.functions.math.Floor(
                        django.db.models.expressions.CombinedExpression(
                            models.F("assistance"), "*", models.Value(16))),
                    models.PositiveSmallIntegerField()),
                output_field=models.PositiveSmallIntegerField(), verbose_name="分段"),
        ),
        migrations.RunSQL(
            _function("index_count_insert", {"new_rows": 1})
            + _function("index_count_delete", {"old_rows": -1})
            + _function("index_count_update", {"old_rows": -1, "new_rows": 1}),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(_ABOVE, "DROP FUNCTION index_count_between(text, text, text);"),
        migrations.RunSQL(
            _TYPES_FOLLOW,
            "DROP TRIGGER types_follow ON index_score; DROP FUNCTION index_types_follow();",
        ),
    ]

"""Walls of the scores, and the counters kept by one reviewed definer function."""

from django.db import migrations

from yangguang.foundation.walls.operations import APP_ROLE, FollowArea, Guard

# The function runs as the owner, since the application role may not write counters. It reads only
# the transition tables of the statement that fired it, and touches rows in one fixed order, so that
# concurrent writers wait for each other instead of deadlocking.
_ONE_SIDE = """
    SELECT s.area_code, c.kind, c.value, {sign}count(*) AS households,
           {sign}sum(s.members) AS people
    FROM {side} s, LATERAL (VALUES ('bucket', s.bucket), ('band', s.band),
      ('flag', nullif(s.flags & 1, 0)), ('flag', nullif(s.flags & 2, 0)),
      ('flag', nullif(s.flags & 4, 0)), ('flag', nullif(s.flags & 8, 0))) AS c (kind, value)
    WHERE c.value IS NOT NULL GROUP BY s.area_code, c.kind, c.value"""


def _function(name: str, sides: list[tuple[str, str]]) -> str:
    villages = " UNION ALL ".join(_ONE_SIDE.format(side=side, sign=sign) for side, sign in sides)
    return f"""
    CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$ BEGIN
      INSERT INTO index_counter AS c (area_code, kind, value, households, people)
      SELECT left(v.area_code, n), v.kind, v.value, sum(v.households), sum(v.people)
      FROM ({villages}) AS v, unnest(ARRAY[4, 6, 9, 12]) AS n
      GROUP BY 1, 2, 3 HAVING sum(v.households) <> 0 OR sum(v.people) <> 0
      ORDER BY 1, 2, 3
      ON CONFLICT (area_code, kind, value) DO UPDATE
      SET households = c.households + excluded.households, people = c.people + excluded.people;
      RETURN NULL; END $$;"""


class Migration(migrations.Migration):
    dependencies = [("index", "0001_initial"), ("registry", "0002_walls")]

    operations = [
        Guard("index_score"),
        Guard("index_typescore"),
        FollowArea("index_score", "registry_household", "household_id"),
        FollowArea("index_typescore", "registry_household", "household_id"),
        migrations.RunSQL(
            _function("index_count_insert", [("new_rows", "")])
            + _function("index_count_delete", [("old_rows", "-")])
            + _function("index_count_update", [("old_rows", "-"), ("new_rows", "")])
            + f"""
            CREATE TRIGGER counts_insert AFTER INSERT ON index_score
              REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT
              EXECUTE FUNCTION index_count_insert();
            CREATE TRIGGER counts_delete AFTER DELETE ON index_score
              REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT
              EXECUTE FUNCTION index_count_delete();
            CREATE TRIGGER counts_update AFTER UPDATE ON index_score
              REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
              EXECUTE FUNCTION index_count_update();
            REVOKE INSERT, UPDATE, DELETE ON index_counter FROM {APP_ROLE};
            """,
            """
            DROP TRIGGER counts_update ON index_score;
            DROP TRIGGER counts_delete ON index_score;
            DROP TRIGGER counts_insert ON index_score;
            DROP FUNCTION index_count_update();
            DROP FUNCTION index_count_delete();
            DROP FUNCTION index_count_insert();
            """,
        ),
    ]

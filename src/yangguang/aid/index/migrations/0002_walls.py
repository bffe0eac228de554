"""Walls of the scores, and the counters kept by one reviewed definer function."""

from django.db import migrations

from yangguang.foundation.walls.operations import APP_ROLE, FollowArea, Guard

# The function runs as the owner, since the application role may not write counters. It reads only
# the transition tables of the statement that fired it, and touches rows in one fixed order, so that
# concurrent writers wait for each other instead of deadlocking.
_DELTA = """
    SELECT left({side}.area_code, n) AS area_code, {side}.bucket,
           {sign}1 AS households, {sign}{side}.members AS people
    FROM {side}, unnest(ARRAY[4, 6, 9, 12]) AS n"""


def _function(name: str, sides: list[tuple[str, str]]) -> str:
    deltas = " UNION ALL ".join(_DELTA.format(side=side, sign=sign) for side, sign in sides)
    return f"""
    CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$ BEGIN
      INSERT INTO index_counter AS c (area_code, bucket, households, people)
      SELECT area_code, bucket, sum(households), sum(people) FROM ({deltas}) AS delta
      GROUP BY area_code, bucket HAVING sum(households) <> 0 OR sum(people) <> 0
      ORDER BY area_code, bucket
      ON CONFLICT (area_code, bucket) DO UPDATE
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

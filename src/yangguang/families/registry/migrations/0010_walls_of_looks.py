"""Looks stand behind the wall and move with the household; what was counted is never uncounted."""

from django.db import migrations

from yangguang.foundation.walls.operations import APP_ROLE, FollowArea, Guard

COUNTED = """
CREATE FUNCTION registry_look_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF (OLD.household_id, OLD.reader_id, OLD.reader_name, OLD.reader_role, OLD.on_date, OLD.first_at)
     IS DISTINCT FROM
     (NEW.household_id, NEW.reader_id, NEW.reader_name, NEW.reader_role, NEW.on_date, NEW.first_at)
     OR NEW.count < OLD.count OR NEW.night_count < OLD.night_count OR NEW.last_at < OLD.last_at
  THEN
    RAISE EXCEPTION 'a look is only ever counted up' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW; END $$;
CREATE TRIGGER counted BEFORE UPDATE ON registry_look
  FOR EACH ROW EXECUTE FUNCTION registry_look_counted();
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_look")]

    operations = [
        Guard("registry_look"),
        FollowArea("registry_look", "registry_household", "household_id"),
        migrations.RunSQL(
            f"REVOKE DELETE, TRUNCATE ON registry_look FROM {APP_ROLE}; {COUNTED}",
            f"""DROP TRIGGER counted ON registry_look; DROP FUNCTION registry_look_counted();
            GRANT DELETE ON registry_look TO {APP_ROLE};""",
        ),
    ]

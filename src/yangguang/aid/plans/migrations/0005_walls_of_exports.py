"""Requests for exports stand behind the wall, and move only forward."""

from django.db import migrations

from yangguang.foundation.walls.operations import APP_ROLE, Guard

FORWARD = """
CREATE FUNCTION plans_export_forward() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF (OLD.kind, OLD.key, OLD.number, OLD.area_code, OLD.rows, OLD.reason, OLD.asked_at, OLD.asked_by)
     IS DISTINCT FROM
     (NEW.kind, NEW.key, NEW.number, NEW.area_code, NEW.rows, NEW.reason, NEW.asked_at, NEW.asked_by)
  THEN
    RAISE EXCEPTION 'what was asked for stays' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NOT ((OLD.status = 'export_asked' AND NEW.status IN ('export_granted', 'export_declined'))
          OR (OLD.status = 'export_granted' AND NEW.status = 'export_taken'
              AND NEW.taken_at < OLD.decided_at + interval '24 hours'
              AND NEW.decided_by = OLD.decided_by AND NEW.decided_at = OLD.decided_at)) THEN
    RAISE EXCEPTION 'an export moves only forward' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW; END $$;
CREATE TRIGGER forward BEFORE UPDATE ON plans_exportrequest
  FOR EACH ROW EXECUTE FUNCTION plans_export_forward();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_exports")]

    operations = [
        Guard("plans_exportrequest"),
        migrations.RunSQL(
            f"REVOKE DELETE, TRUNCATE ON plans_exportrequest FROM {APP_ROLE}; {FORWARD}",
            f"""DROP TRIGGER forward ON plans_exportrequest; DROP FUNCTION plans_export_forward();
            GRANT DELETE ON plans_exportrequest TO {APP_ROLE};""",
        ),
    ]

"""Walls of plans, and an approved plan that nobody edits."""

from django.db import migrations

from yangguang.foundation.walls.operations import FollowArea, Guard

LOCKED = """
CREATE FUNCTION plans_line_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF EXISTS (SELECT 1 FROM plans_plan p WHERE p.id = coalesce(NEW.plan_id, OLD.plan_id)
             AND p.status NOT IN ('draft', 'returned')) THEN
    RAISE EXCEPTION 'a submitted or approved plan is locked' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN coalesce(NEW, OLD); END $$;
CREATE TRIGGER locked BEFORE INSERT OR DELETE OR UPDATE OF amount_fen, is_included, origin, plan_id,
    household_id ON plans_planline
  FOR EACH ROW EXECUTE FUNCTION plans_line_locked();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("registry", "0002_walls")]

    operations = [
        Guard("plans_plan"),
        Guard("plans_planline"),
        FollowArea("plans_planline", "registry_household", "household_id"),
        migrations.RunSQL(
            LOCKED,
            "DROP TRIGGER locked ON plans_planline; DROP FUNCTION plans_line_locked();",
        ),
    ]

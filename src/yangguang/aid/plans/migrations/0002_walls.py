"""Walls of plans, and a submitted plan that nobody edits."""

from django.db import migrations

from yangguang.foundation.walls.operations import Guard

# A plan's status moves only along its table of transitions; what was submitted stays as submitted,
# what was approved stays for ever, and whoever touched a line of the list never approves it.
LOCKED = """
CREATE FUNCTION plans_line_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF EXISTS (SELECT 1 FROM plans_plan p WHERE p.id = coalesce(NEW.plan_id, OLD.plan_id)
             AND p.status NOT IN ('draft', 'returned')) THEN
    RAISE EXCEPTION 'a submitted or approved plan is locked' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN coalesce(NEW, OLD); END $$;
CREATE TRIGGER locked BEFORE INSERT OR DELETE OR UPDATE OF amount_fen, is_included, origin, plan_id,
    household_id, position, value, exclusion, reason, changed_at, changed_by ON plans_planline
  FOR EACH ROW EXECUTE FUNCTION plans_line_locked();

CREATE FUNCTION plans_plan_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a plan is cancelled, never deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.status IN ('approved', 'cancelled') THEN
    RAISE EXCEPTION 'an ended plan is locked' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.status = 'submitted' AND
     (to_jsonb(OLD) - ARRAY['status','approved_at','approved_by','approved_by_name','returned_reason'])
     IS DISTINCT FROM
     (to_jsonb(NEW) - ARRAY['status','approved_at','approved_by','approved_by_name','returned_reason'])
  THEN
    RAISE EXCEPTION 'a submitted plan is locked' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.status = 'approved' AND OLD.status <> 'submitted' THEN
    RAISE EXCEPTION 'only a submitted plan is approved' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.status = 'approved' AND EXISTS (SELECT 1 FROM plans_planline l
       WHERE l.plan_id = NEW.id AND l.changed_by = NEW.approved_by) THEN
    RAISE EXCEPTION 'whoever changed a line never approves' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW; END $$;
CREATE TRIGGER locked BEFORE DELETE OR UPDATE ON plans_plan
  FOR EACH ROW EXECUTE FUNCTION plans_plan_locked();
"""
UNLOCKED = """
DROP TRIGGER locked ON plans_plan; DROP FUNCTION plans_plan_locked();
DROP TRIGGER locked ON plans_planline; DROP FUNCTION plans_line_locked();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("registry", "0002_walls")]

    operations = [
        Guard("plans_plan"),
        Guard("plans_planline"),
        migrations.RunSQL(LOCKED, UNLOCKED),
    ]

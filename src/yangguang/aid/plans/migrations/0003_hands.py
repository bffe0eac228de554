"""Whoever ever had a hand in a list never approves it, though another drew it anew since."""

import django.contrib.postgres.fields
from django.db import migrations, models

from yangguang.foundation.walls.operations import AcrossWalls

FILL = """
UPDATE plans_plan p SET touched_by = ARRAY(
  SELECT DISTINCT hand FROM (
    SELECT p.drawn_by AS hand UNION ALL SELECT p.submitted_by
    UNION ALL SELECT l.changed_by FROM plans_planline l WHERE l.plan_id = p.id) hands
  WHERE hand IS NOT NULL ORDER BY hand)"""
HOLD = """
ALTER TABLE plans_plan ADD CONSTRAINT plan_four_eyes_hands
  CHECK (approved_by IS NULL OR approved_by <> ALL (touched_by));
"""
RELEASE = "ALTER TABLE plans_plan DROP CONSTRAINT plan_four_eyes_hands"
LOCKED = """
CREATE OR REPLACE FUNCTION plans_plan_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
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
  IF NOT NEW.touched_by @> OLD.touched_by THEN
    RAISE EXCEPTION 'a hand in a plan is never forgotten' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW; END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_walls")]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="touched_by",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                default=list,
                size=None,
                verbose_name="经手人",
            ),
        ),
        AcrossWalls("plans_plan", FILL),
        migrations.RunSQL(HOLD, RELEASE),
        migrations.RunSQL(LOCKED, migrations.RunSQL.noop),
    ]

"""Walls of batches and instructions, and instructions that keep to what was prepared."""

from django.db import migrations

from yangguang.foundation.walls.operations import FollowArea, Guard

# The bank's answer is written once; nothing else ever changes.
FIXED = """
CREATE FUNCTION disbursement_instruction_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answer text[] := ARRAY['status','failure','bank_serial','paid_date'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status = 'waiting' AND EXISTS (SELECT 1 FROM disbursement_batch b
         WHERE b.id = NEW.batch_id AND b.status = 'prepared') THEN RETURN NEW; END IF;
  ELSIF TG_OP = 'UPDATE' THEN
    IF to_jsonb(OLD) - answer = to_jsonb(NEW) - answer AND OLD.status = 'waiting'
    THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'an instruction is written once' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER fixed BEFORE INSERT OR DELETE OR UPDATE ON disbursement_instruction
  FOR EACH ROW EXECUTE FUNCTION disbursement_instruction_fixed();
"""
UNFIXED = """
DROP TRIGGER fixed ON disbursement_instruction; DROP FUNCTION disbursement_instruction_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [("disbursement", "0001_initial"), ("registry", "0002_walls")]

    operations = [
        Guard("disbursement_batch"),
        Guard("disbursement_instruction"),
        FollowArea("disbursement_instruction", "disbursement_batch", "batch_id"),
        migrations.RunSQL(FIXED, UNFIXED),
    ]

"""The owner may seal an instruction's card and number anew, and change nothing else of it."""

from django.db import migrations

_BODY = """
CREATE OR REPLACE FUNCTION disbursement_instruction_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  answer text[] := ARRAY['status','failure','bank_serial','paid_date'];
  sealed text[] := ARRAY['number_sealed','card_sealed'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status = 'waiting' AND EXISTS (SELECT 1 FROM disbursement_batch b
         WHERE b.id = NEW.batch_id AND b.status = 'prepared') THEN RETURN NEW; END IF;
  ELSIF TG_OP = 'UPDATE' THEN
    IF to_jsonb(OLD) - answer = to_jsonb(NEW) - answer AND OLD.status = 'waiting'
    THEN RETURN NEW; END IF;
    {resealing}
  END IF;
  RAISE EXCEPTION 'an instruction is written once' USING ERRCODE = 'restrict_violation'; END $$;
"""
RESEALING = _BODY.replace(
    "{resealing}",
    """IF walls_reseals(TG_RELID) AND to_jsonb(OLD) - sealed = to_jsonb(NEW) - sealed
    THEN RETURN NEW; END IF;""",
)
NO_RESEALING = _BODY.replace("{resealing}", "")


class Migration(migrations.Migration):
    dependencies = [("disbursement", "0003_batch_file_fen"), ("registry", "0006_resealing")]

    operations = [migrations.RunSQL(RESEALING, NO_RESEALING)]

"""A policy in force is neither changed nor taken away; of any version only the end may be set."""

from django.db import migrations

# The day is that of the nation, whatever the server's clock shows.
_IN_FORCE = """
CREATE FUNCTION catalogue_policy_in_force() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'TRUNCATE'
     OR OLD.valid_from <= (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date THEN
    RAISE EXCEPTION 'a policy in force is never taken away' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD; END $$;
CREATE TRIGGER in_force BEFORE DELETE ON catalogue_policy
  FOR EACH ROW EXECUTE FUNCTION catalogue_policy_in_force();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON catalogue_policy
  FOR EACH STATEMENT EXECUTE FUNCTION catalogue_policy_in_force();
CREATE OR REPLACE FUNCTION catalogue_policy_immutable() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF to_jsonb(NEW) - 'valid_until' <> to_jsonb(OLD) - 'valid_until' THEN
    RAISE EXCEPTION 'a policy version never changes; make a new one'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW; END $$;
"""
_AS_BEFORE = """
CREATE OR REPLACE FUNCTION catalogue_policy_immutable() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.digest <> OLD.digest OR NEW.content <> OLD.content OR NEW.valid_from <> OLD.valid_from THEN
    RAISE EXCEPTION 'a policy version never changes; make a new one'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW; END $$;
DROP TRIGGER never_emptied ON catalogue_policy;
DROP TRIGGER in_force ON catalogue_policy;
DROP FUNCTION catalogue_policy_in_force();
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_housing_line")]

    operations = [migrations.RunSQL(_IN_FORCE, _AS_BEFORE)]

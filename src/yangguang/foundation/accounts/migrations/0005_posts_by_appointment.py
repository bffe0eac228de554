"""A post comes from a granted appointment, and what was decided stays decided."""

from django.db import migrations

from yangguang.foundation.walls.operations import APP_ROLE, KeepsRows

# Besides: made people, who cannot log in to a real desk, and the first of an area, while fewer than
# two security administrators are there to propose and to grant. Looked at when the transaction
# ends, since the appointment names its post.
_GIVEN = """
CREATE FUNCTION accounts_scope_of(area text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT left(area, CASE WHEN substr(area, 10, 3) <> '000' THEN 12
                         WHEN substr(area, 7, 3) <> '000' THEN 9
                         WHEN substr(area, 5, 2) <> '00' THEN 6
                         WHEN substr(area, 3, 2) <> '00' THEN 4 ELSE 2 END) $$;

CREATE FUNCTION accounts_post_given() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE today date := (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date;
BEGIN
  IF EXISTS (
    SELECT 1 FROM accounts_appointment a JOIN accounts_staff s ON s.username = a.username
    WHERE a.post_id = NEW.id AND a.status = 'granted' AND s.id = NEW.staff_id
      AND a.role = NEW.role AND a.area_id = NEW.area_id AND a.from_date <= NEW.from_date
      AND a.until_date IS NOT DISTINCT FROM NEW.until_date
      AND a.stands_for_id IS NOT DISTINCT FROM NEW.delegated_from_id
  ) OR EXISTS (SELECT 1 FROM accounts_staff WHERE id = NEW.staff_id AND is_demo) OR (
    SELECT count(DISTINCT p.staff_id) < 2 FROM accounts_post p
    WHERE p.role = 'security_administrator' AND p.id < NEW.id
      AND p.from_date <= today AND (p.until_date IS NULL OR p.until_date > today)
      AND starts_with(NEW.area_id, accounts_scope_of(p.area_id))
  ) THEN RETURN NULL; END IF;
  RAISE EXCEPTION 'a post comes from a granted appointment'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_post_given';
END $$;
CREATE CONSTRAINT TRIGGER given AFTER INSERT ON accounts_post
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION accounts_post_given();

CREATE FUNCTION accounts_post_shortened() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.until_date IS NULL OR NEW.until_date > OLD.until_date THEN
    RAISE EXCEPTION 'a post is ended, never prolonged' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW; END $$;
CREATE TRIGGER shortened BEFORE UPDATE ON accounts_post
  FOR EACH ROW EXECUTE FUNCTION accounts_post_shortened();
"""
_NOT_GIVEN = """
DROP TRIGGER shortened ON accounts_post;
DROP FUNCTION accounts_post_shortened();
DROP TRIGGER given ON accounts_post;
DROP FUNCTION accounts_post_given();
DROP FUNCTION accounts_scope_of(text);
"""

_DECIDED = """
CREATE FUNCTION accounts_appointment_decided() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'INSERT' AND NEW.status <> 'proposed_appointment'
     OR TG_OP = 'UPDATE' AND OLD.status <> 'proposed_appointment' THEN
    RAISE EXCEPTION 'an appointment is proposed first and decided once'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW; END $$;
CREATE TRIGGER decided BEFORE INSERT OR UPDATE ON accounts_appointment
  FOR EACH ROW EXECUTE FUNCTION accounts_appointment_decided();
"""
_NOT_DECIDED = """
DROP TRIGGER decided ON accounts_appointment;
DROP FUNCTION accounts_appointment_decided();
"""

_TRIES = f"""
REVOKE UPDATE, TRUNCATE ON accounts_failedtry FROM {APP_ROLE};
CREATE FUNCTION accounts_failedtry_counts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF OLD.at > clock_timestamp() - interval '1 day' THEN
    RAISE EXCEPTION 'a failed try is forgotten after a day' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD; END $$;
CREATE TRIGGER counts BEFORE DELETE ON accounts_failedtry
  FOR EACH ROW EXECUTE FUNCTION accounts_failedtry_counts();

CREATE FUNCTION accounts_staff_made() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.is_demo <> OLD.is_demo THEN
    RAISE EXCEPTION 'a made person never becomes a real one, nor the other way'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW; END $$;
CREATE TRIGGER made BEFORE UPDATE OF is_demo ON accounts_staff
  FOR EACH ROW EXECUTE FUNCTION accounts_staff_made();
"""
_NO_TRIES = f"""
DROP TRIGGER made ON accounts_staff;
DROP FUNCTION accounts_staff_made();
DROP TRIGGER counts ON accounts_failedtry;
DROP FUNCTION accounts_failedtry_counts();
GRANT UPDATE ON accounts_failedtry TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_logging_in")]

    operations = [
        migrations.RunSQL(_GIVEN, _NOT_GIVEN),
        KeepsRows("accounts_post", "until_date"),
        migrations.RunSQL(_DECIDED, _NOT_DECIDED),
        KeepsRows(
            "accounts_appointment", "status", "decided_by_id", "decided_at", "decline_reason",
            "post_id",
        ),
        migrations.RunSQL(_TRIES, _NO_TRIES),
    ]  # fmt: skip

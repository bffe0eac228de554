"""One person never combines two of the three administrators, nor one of them with business."""

from django.db import migrations

# The row of the person is locked first: of two appointments at once the second sees the first.
SEPARATE = """
CREATE FUNCTION accounts_post_separate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE three text[] := ARRAY['system_administrator', 'security_administrator',
                              'audit_administrator'];
BEGIN
  PERFORM 1 FROM accounts_staff WHERE id = NEW.staff_id FOR UPDATE;
  IF EXISTS (
    SELECT 1 FROM accounts_post AS other
    WHERE other.staff_id = NEW.staff_id AND other.id <> NEW.id AND other.role <> NEW.role
      AND ((NEW.role = ANY(three) AND other.role = ANY(three))
        OR ((NEW.role = ANY(three)) <> (other.role = ANY(three))
          AND daterange(NEW.from_date, NEW.until_date) && daterange(other.from_date,
                                                                    other.until_date)))
  ) THEN
    RAISE EXCEPTION 'administrators are never combined' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'accounts_post_separate';
  END IF;
  RETURN NEW; END $$;
CREATE TRIGGER separate BEFORE INSERT OR UPDATE OF staff_id, role, from_date, until_date
  ON accounts_post FOR EACH ROW EXECUTE FUNCTION accounts_post_separate();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            SEPARATE,
            "DROP TRIGGER separate ON accounts_post; DROP FUNCTION accounts_post_separate();",
        )
    ]

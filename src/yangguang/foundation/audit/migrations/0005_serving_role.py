"""What the serving role writes into the trail: no number of its own, no release for long or later.

Nor which migrations were applied.
"""

from datetime import timedelta

from django.db import migrations, models

from yangguang.foundation.walls.operations import APP_ROLE

_COLUMNS = (
    "at, verb, object_kind, object_key, area_code, actor_id, actor_name, actor_role, reason, "
    "ground, digest, before, after, root"
)
_GRANTS = f"""
REVOKE INSERT ON audit_record FROM {APP_ROLE};
GRANT INSERT ({_COLUMNS}) ON audit_record TO {APP_ROLE};
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM {APP_ROLE};
"""
_AS_BEFORE = f"""
GRANT INSERT ON audit_record TO {APP_ROLE};
GRANT INSERT, UPDATE, DELETE ON django_migrations TO {APP_ROLE};
"""

_AT_NOW = """
CREATE FUNCTION audit_release_at_now() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.at NOT BETWEEN clock_timestamp() - interval '10 minutes'
                    AND clock_timestamp() + interval '10 minutes' THEN
    RAISE EXCEPTION 'a release begins when it is given' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'audit_release_at_now';
  END IF;
  RETURN NEW; END $$;
CREATE TRIGGER at_now BEFORE INSERT ON audit_release
  FOR EACH ROW EXECUTE FUNCTION audit_release_at_now();
"""
_ANY_TIME = "DROP TRIGGER at_now ON audit_release; DROP FUNCTION audit_release_at_now();"


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_chain")]

    operations = [
        migrations.AddConstraint(
            "release",
            models.CheckConstraint(
                name="audit_release_a_day",
                condition=models.Q(until__lte=models.F("at") + timedelta(hours=24)),
            ),
        ),
        migrations.RunSQL(_AT_NOW, _ANY_TIME),
        migrations.RunSQL(_GRANTS, _AS_BEFORE),
    ]

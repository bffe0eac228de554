"""A policy version once loaded keeps its content; only its end may be set."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION catalogue_policy_immutable() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF NEW.digest <> OLD.digest OR NEW.content <> OLD.content
                 OR NEW.valid_from <> OLD.valid_from THEN
                RAISE EXCEPTION 'a policy version never changes; make a new one'
                  USING ERRCODE = 'restrict_violation';
              END IF;
              RETURN NEW; END $$;
            CREATE TRIGGER immutable BEFORE UPDATE ON catalogue_policy
              FOR EACH ROW EXECUTE FUNCTION catalogue_policy_immutable();
            """,
            """
            DROP TRIGGER immutable ON catalogue_policy;
            DROP FUNCTION catalogue_policy_immutable();
            """,
        ),
    ]

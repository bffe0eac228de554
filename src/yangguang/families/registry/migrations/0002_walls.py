"""Walls, marks, and the area that follows the household."""

from django.db import migrations

from yangguang.families.registry.marking import DROP_FUNCTIONS, FUNCTIONS, Marks
from yangguang.foundation.walls.operations import FollowArea, Guard

OF_HOUSEHOLD = [
    "membership", "circumstances", "dwelling", "income", "spending", "shock", "recognition",
    "asset", "supporter", "photo", "bankaccount", "householdchange", "mark",
]

# A person's area is that of the household he or she lives in now.
FOLLOW_MEMBERSHIP = """
CREATE FUNCTION registry_person_follows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  UPDATE registry_person SET area_code = NEW.area_code
  WHERE id = NEW.person_id AND area_code <> NEW.area_code;
  RETURN NULL; END $$;
CREATE TRIGGER person_follows_insert AFTER INSERT ON registry_membership
  FOR EACH ROW WHEN (NEW.ended_date IS NULL) EXECUTE FUNCTION registry_person_follows();
CREATE TRIGGER person_follows_update AFTER UPDATE OF area_code, ended_date ON registry_membership
  FOR EACH ROW WHEN (NEW.ended_date IS NULL) EXECUTE FUNCTION registry_person_follows();
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial"), ("files", "0001_initial")]

    operations = [
        Guard("registry_household"),
        Guard("registry_person"),
        Guard("registry_personfacts"),
        *[Guard(f"registry_{name}") for name in OF_HOUSEHOLD],
        *[FollowArea(f"registry_{name}", "registry_household", "household_id")
          for name in OF_HOUSEHOLD],
        FollowArea("registry_personfacts", "registry_person", "person_id"),
        migrations.RunSQL(
            FOLLOW_MEMBERSHIP,
            "DROP TRIGGER person_follows_update ON registry_membership;"
            "DROP TRIGGER person_follows_insert ON registry_membership;"
            "DROP FUNCTION registry_person_follows();",
        ),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        *[Marks(f"registry_{name}") for name in (
            "membership", "circumstances", "dwelling", "income", "spending", "shock",
            "recognition")],
        Marks("registry_personfacts", "person"),
        migrations.RunSQL(
            """
            CREATE TRIGGER marks_new AFTER INSERT ON registry_household
              REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
              EXECUTE FUNCTION registry_mark_new();
            CREATE TRIGGER marks_self
              AFTER UPDATE OF register_type, area_code, number, registered_at, accepted_at,
                closed_date ON registry_household
              FOR EACH ROW EXECUTE FUNCTION registry_mark_self();
            CREATE TRIGGER marks_born AFTER UPDATE OF born_date, died_date ON registry_person
              FOR EACH ROW EXECUTE FUNCTION registry_mark_born();
            """,
            """
            DROP TRIGGER marks_born ON registry_person;
            DROP TRIGGER marks_self ON registry_household;
            DROP TRIGGER marks_new ON registry_household;
            """,
        ),
    ]

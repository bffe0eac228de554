"""Walls and marks of the ledger."""

from django.db import migrations

from yangguang.families.registry.marking import Marks
from yangguang.foundation.walls.operations import FollowArea, Guard


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("registry", "0002_walls")]

    operations = [
        Guard("ledger_entry"),
        Guard("ledger_payment"),
        FollowArea("ledger_entry", "registry_household", "household_id"),
        FollowArea("ledger_payment", "ledger_entry", "entry_id"),
        Marks("ledger_entry"),
        migrations.RunSQL(
            """
            CREATE FUNCTION ledger_mark_by_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              PERFORM registry_mark(ARRAY(SELECT DISTINCT e.household_id FROM changed
                JOIN ledger_entry e ON e.id = changed.entry_id));
              RETURN NULL; END $$;
            CREATE TRIGGER marks_insert AFTER INSERT ON ledger_payment
              REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
              EXECUTE FUNCTION ledger_mark_by_entry();
            CREATE TRIGGER marks_update AFTER UPDATE ON ledger_payment
              REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
              EXECUTE FUNCTION ledger_mark_by_entry();
            CREATE TRIGGER marks_delete AFTER DELETE ON ledger_payment
              REFERENCING OLD TABLE AS changed FOR EACH STATEMENT
              EXECUTE FUNCTION ledger_mark_by_entry();
            """,
            """
            DROP TRIGGER marks_delete ON ledger_payment;
            DROP TRIGGER marks_update ON ledger_payment;
            DROP TRIGGER marks_insert ON ledger_payment;
            DROP FUNCTION ledger_mark_by_entry();
            """,
        ),
    ]

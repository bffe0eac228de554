"""Triggers that mark a household when its facts or its aid change, whoever changes them."""

from typing import Any

from django.db.migrations.operations import RunSQL

# One function serves all tables: plpgsql compiles it once for each table it stands on. A fresh mark
# raises the facts' version; a household already marked has a version nobody has scored yet. Its
# mark is locked all the same (by an update that never happens): whoever takes up marks leaves it
# alone until this change is committed or scored, else the score would miss the change for good.
FUNCTIONS = """
CREATE FUNCTION registry_mark(ids bigint[]) RETURNS void LANGUAGE sql AS $$
  WITH fresh AS (
    INSERT INTO registry_mark (household_id, area_code)
    SELECT id, area_code FROM registry_household WHERE id = ANY(ids) ORDER BY id
    ON CONFLICT (household_id) DO UPDATE SET area_code = excluded.area_code WHERE false
    RETURNING household_id)
  UPDATE registry_household h SET facts_version = facts_version + 1
  FROM fresh WHERE h.id = fresh.household_id;
$$;
CREATE FUNCTION registry_mark_by_household() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  PERFORM registry_mark(ARRAY(SELECT DISTINCT household_id FROM changed));
  RETURN NULL; END $$;
CREATE FUNCTION registry_mark_by_person() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  PERFORM registry_mark(ARRAY(
    SELECT DISTINCT m.household_id FROM changed JOIN registry_membership m
    ON m.person_id = changed.person_id AND m.ended_date IS NULL));
  RETURN NULL; END $$;
CREATE FUNCTION registry_mark_new() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO registry_mark (household_id, area_code) SELECT id, area_code FROM changed
  ON CONFLICT DO NOTHING;
  RETURN NULL; END $$;
CREATE FUNCTION registry_mark_self() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  PERFORM registry_mark(ARRAY[NEW.id]); RETURN NULL; END $$;
CREATE FUNCTION registry_mark_born() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  PERFORM registry_mark(ARRAY(SELECT household_id FROM registry_membership
    WHERE person_id = NEW.id AND ended_date IS NULL)); RETURN NULL; END $$;
"""

DROP_FUNCTIONS = """
DROP FUNCTION registry_mark_born(); DROP FUNCTION registry_mark_self();
DROP FUNCTION registry_mark_new(); DROP FUNCTION registry_mark_by_person();
DROP FUNCTION registry_mark_by_household(); DROP FUNCTION registry_mark(bigint[]);
"""


class Marks(RunSQL):
    """Let every change of a table's rows mark the household they belong to."""

    def __init__(self, table: str, via: str = "household") -> None:
        """Stand triggers on `table`; `via` is "household" or "person", whichever its rows name."""
        make = "".join(
            f"""CREATE TRIGGER marks_{event.lower()} AFTER {event} ON {table}
            REFERENCING {side} TABLE AS changed FOR EACH STATEMENT
            EXECUTE FUNCTION registry_mark_by_{via}();"""
            for event, side in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
        )
        drop = "".join(
            f"DROP TRIGGER marks_{event} ON {table};" for event in ("insert", "update", "delete")
        )
        super().__init__(make, drop)
        self._given = (table, via)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Write the operation as its two words."""
        return (self.__class__.__name__, list(self._given), {})

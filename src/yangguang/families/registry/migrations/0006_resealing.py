"""Sealing a value anew is no change of facts: it marks nobody."""

from django.db import migrations

# The tables' owner alone, and only in a transaction that says so; the role that serves owns none.
RESEALS = """
CREATE FUNCTION walls_reseals(relation oid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('yg.resealing', true), '') = 'on' AND current_user =
    (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = relation) $$;
CREATE OR REPLACE FUNCTION registry_mark_by_person() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'UPDATE' AND walls_reseals(TG_RELID) THEN RETURN NULL; END IF;
  PERFORM registry_mark(ARRAY(
    SELECT DISTINCT m.household_id FROM changed JOIN registry_membership m
    ON m.person_id = changed.person_id AND m.ended_date IS NULL));
  RETURN NULL; END $$;
"""
NO_RESEALS = """
CREATE OR REPLACE FUNCTION registry_mark_by_person() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  PERFORM registry_mark(ARRAY(
    SELECT DISTINCT m.household_id FROM changed JOIN registry_membership m
    ON m.person_id = changed.person_id AND m.ended_date IS NULL));
  RETURN NULL; END $$;
DROP FUNCTION walls_reseals(oid);
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_whole_disability")]

    operations = [migrations.RunSQL(RESEALS, NO_RESEALS)]

"""Migration operations that raise the walls: row-level security, area that follows."""

from typing import Any

from django.db.migrations.operations import RunSQL

# The role that serves the web owns nothing; a login role per database is a member of it.
APP_ROLE = "yangguang_serving"

# `scope || ':'` is above every code that starts with scope, since ':' follows '9'. An unset or
# emptied setting becomes NULL, and a comparison with NULL shows no row.
_INSIDE = """{column} >= nullif(current_setting('yg.scope', true), '')
  AND {column} < nullif(current_setting('yg.scope', true), '') || ':'"""


class Guard(RunSQL):
    """Force row-level security on a table by its area-code column."""

    def __init__(self, table: str, column: str = "area_code") -> None:
        """Guard `table`, whose `column` is a C-collated area code."""
        inside = _INSIDE.format(column=column)
        super().__init__(
            f"""ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
            CREATE POLICY within_scope ON {table} USING ({inside}) WITH CHECK ({inside});""",
            f"""DROP POLICY within_scope ON {table};
            ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
            ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;""",
        )
        self._given = (table, column)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Write the operation as its two words."""
        return (self.__class__.__name__, list(self._given), {})


class FollowArea(RunSQL):
    """Bind a table's area to its parent's: it moves with the household and can never differ."""

    def __init__(self, table: str, parent: str, key: str) -> None:
        """Add the composite foreign key (`key`, area_code) to `parent` (id, area_code)."""
        name = f"{table}_follows_{key}"
        super().__init__(
            f"""ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({key}, area_code)
            REFERENCES {parent} (id, area_code)
            ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;""",
            f"ALTER TABLE {table} DROP CONSTRAINT {name};",
        )
        self._given = (table, parent, key)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Write the operation as its three words."""
        return (self.__class__.__name__, list(self._given), {})


class AppendOnly(RunSQL):
    """Make a table one that is only ever added to, by grant and by trigger."""

    def __init__(self, table: str) -> None:
        """Refuse UPDATE, DELETE and TRUNCATE on `table`, to its owner too."""
        super().__init__(
            f"""CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{table} is append-only'
               USING ERRCODE = 'restrict_violation'; END $$;
            CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
              FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse();
            REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP_ROLE};""",
            f"""DROP TRIGGER append_only ON {table}; DROP FUNCTION {table}_refuse();
            GRANT UPDATE, DELETE ON {table} TO {APP_ROLE};""",
        )
        self._given = (table,)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Write the operation as its one word."""
        return (self.__class__.__name__, list(self._given), {})


class AcrossWalls(RunSQL):
    """Change rows of a guarded table everywhere, which its owner alone cannot even see."""

    def __init__(self, table: str, statement: str) -> None:
        """Run `statement` while the wall of `table` does not hold its owner; it stands again after.

        Triggers of the table rest as well. A data migration without it changes no row and says
        nothing.
        """
        super().__init__(
            f"""ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
            ALTER TABLE {table} DISABLE TRIGGER USER;
            {statement};
            SET CONSTRAINTS ALL IMMEDIATE;
            ALTER TABLE {table} ENABLE TRIGGER USER;
            ALTER TABLE {table} FORCE ROW LEVEL SECURITY;""",
            RunSQL.noop,
        )
        self._given = (table, statement)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Write the operation as its two words."""
        return (self.__class__.__name__, list(self._given), {})


class KeepsRows(RunSQL):
    """Make a table one whose rows stay: none is deleted, and only some columns ever change."""

    def __init__(self, table: str, *columns: str) -> None:
        """Refuse DELETE, TRUNCATE and UPDATE of others than `columns`, to its owner too.

        An area follows its household by itself, as the owner: where it alone may change, the
        serving role has no right to update at all.
        """
        kept = f"ARRAY[{', '.join(map(repr, columns))}]"
        rights = "UPDATE, DELETE" if set(columns) <= {"area_code"} else "DELETE"
        super().__init__(
            f"""CREATE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN
              IF TG_OP <> 'UPDATE' OR to_jsonb(NEW) - {kept} <> to_jsonb(OLD) - {kept} THEN
                RAISE EXCEPTION 'rows of {table} stay as they are'
                  USING ERRCODE = 'restrict_violation';
              END IF;
              RETURN NEW; END $$;
            CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON {table}
              FOR EACH ROW EXECUTE FUNCTION {table}_keep();
            CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table}
              FOR EACH STATEMENT EXECUTE FUNCTION {table}_keep();
            REVOKE {rights}, TRUNCATE ON {table} FROM {APP_ROLE};""",
            f"""DROP TRIGGER never_emptied ON {table}; DROP TRIGGER kept ON {table};
            DROP FUNCTION {table}_keep();
            GRANT {rights} ON {table} TO {APP_ROLE};""",
        )
        self._given = (table, *columns)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Write the operation as its words."""
        return (self.__class__.__name__, list(self._given), {})

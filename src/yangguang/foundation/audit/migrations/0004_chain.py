"""Each record becomes a link of its shard's chain, by trigger, at the commit that brings it."""

from django.db import migrations

from yangguang.foundation.walls.operations import APP_ROLE, AppendOnly

# The canonical bytes are those of docs/audit.md; `rules.canonical` makes the same.
_FUNCTIONS = """
CREATE FUNCTION audit_shard_of(area text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT left(area, CASE WHEN substr(area, 5, 2) <> '00' THEN 6
                         WHEN substr(area, 3, 2) <> '00' THEN 4 ELSE 2 END) $$;

CREATE FUNCTION audit_framed(value bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT int4send(octet_length(value)) || value $$;

CREATE FUNCTION audit_framed(value text) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8') $$;

CREATE FUNCTION audit_microseconds(moment timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT (extract(epoch FROM moment) * 1000000)::bigint::text $$;

CREATE FUNCTION audit_canonical(r audit_record) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT audit_framed(r.id::text) || audit_framed(audit_microseconds(r.at))
    || audit_framed(r.verb::text) || audit_framed(r.object_kind::text)
    || audit_framed(r.object_key::text) || audit_framed(r.area_code::text)
    || audit_framed(r.actor_id::text) || audit_framed(r.actor_name::text)
    || audit_framed(r.actor_role::text) || audit_framed(r.reason)
    || audit_framed(r.ground::text) || audit_framed(r.digest) || audit_framed(r.before)
    || audit_framed(r.after) || audit_framed(r.root) $$;

CREATE FUNCTION audit_lock_shard(wanted text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO audit_shard (code) VALUES (wanted) ON CONFLICT (code) DO NOTHING;
  PERFORM FROM audit_shard WHERE code = wanted FOR UPDATE;
END $$;

-- The end of the chain is read from its index and kept in no row: a row changed with every record
-- would be passed by once for each of its earlier versions in a transaction of many.
CREATE FUNCTION audit_append(r audit_record) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  own text := audit_shard_of(r.area_code);
  last audit_link;
BEGIN
  SELECT * INTO last FROM audit_link WHERE shard = own ORDER BY sequence DESC LIMIT 1;
  INSERT INTO audit_link (shard, sequence, record_id, hash) VALUES (
    own, coalesce(last.sequence, 0) + 1, r.id,
    sha256(coalesce(last.hash, sha256(convert_to('yangguang-audit-1:' || own, 'UTF8')))
      || audit_canonical(r)));
END $$;
"""
_NO_FUNCTIONS = """
DROP FUNCTION audit_append(audit_record);
DROP FUNCTION audit_lock_shard(text);
DROP FUNCTION audit_canonical(audit_record);
DROP FUNCTION audit_microseconds(timestamptz);
DROP FUNCTION audit_framed(text);
DROP FUNCTION audit_framed(bytea);
DROP FUNCTION audit_shard_of(text);
"""

# A transaction notes the shards it wrote to, and at its commit locks all of them in one order
# before it links the first record: two that wrote to the same shards never wait for each other.
# The note is a setting that anybody may change; then transactions may wait in a circle and one is
# ended by PostgreSQL, but no link is lost.
_TRIGGERS = """
CREATE FUNCTION audit_note_shard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  noted text := coalesce(current_setting('yg.shards', true), '');
  shard text := audit_shard_of(NEW.area_code);
BEGIN
  IF shard <> ALL (string_to_array(noted, ',')) THEN
    PERFORM set_config('yg.shards', noted || ',' || shard, true);
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION audit_link_record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  noted text := coalesce(current_setting('yg.shards', true), '');
  own text := audit_shard_of(NEW.area_code);
  wanted text;
BEGIN
  IF noted <> '' THEN
    FOR wanted IN SELECT DISTINCT s FROM unnest(string_to_array(noted, ',')) AS s
      WHERE s ~ '^[0-9]{2,6}$' ORDER BY s LOOP
      PERFORM audit_lock_shard(wanted);
    END LOOP;
    PERFORM set_config('yg.shards', '', true);
  END IF;
  PERFORM FROM audit_shard WHERE code = own FOR UPDATE;
  IF NOT FOUND THEN PERFORM audit_lock_shard(own); END IF;
  PERFORM audit_append(NEW);
  RETURN NULL;
END $$;

CREATE TRIGGER note_shard BEFORE INSERT ON audit_record
  FOR EACH ROW EXECUTE FUNCTION audit_note_shard();
CREATE CONSTRAINT TRIGGER audit_linked AFTER INSERT ON audit_record
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_link_record();
"""
_NO_TRIGGERS = """
DROP TRIGGER audit_linked ON audit_record;
DROP TRIGGER note_shard ON audit_record;
DROP FUNCTION audit_link_record();
DROP FUNCTION audit_note_shard();
"""

# The owner too sees only a scope's rows while the wall is forced; here all must be linked.
LINK_ALL = """
ALTER TABLE audit_record NO FORCE ROW LEVEL SECURITY;
DO $$ DECLARE r audit_record; BEGIN
  PERFORM audit_lock_shard(s) FROM (
    SELECT DISTINCT audit_shard_of(area_code) AS s FROM audit_record ORDER BY 1) AS shards;
  FOR r IN SELECT * FROM audit_record ORDER BY id LOOP PERFORM audit_append(r); END LOOP;
END $$;
ALTER TABLE audit_record FORCE ROW LEVEL SECURITY;
"""
_UNLINK_ALL = "DELETE FROM audit_link; DELETE FROM audit_shard;"

_READ_ONLY = f"""
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_link, audit_shard, audit_head FROM {APP_ROLE};
REVOKE EXECUTE ON FUNCTION audit_append(audit_record), audit_lock_shard(text) FROM PUBLIC;
"""
_WRITABLE = f"GRANT INSERT, UPDATE, DELETE ON audit_link, audit_shard, audit_head TO {APP_ROLE};"


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_links_and_heads")]

    operations = [
        migrations.RunSQL(_FUNCTIONS, _NO_FUNCTIONS),
        migrations.RunSQL(LINK_ALL, _UNLINK_ALL),
        migrations.RunSQL(_TRIGGERS, _NO_TRIGGERS),
        migrations.RunSQL(_READ_ONLY, _WRITABLE),
        AppendOnly("audit_link"),
        AppendOnly("audit_head"),
        AppendOnly("audit_release"),
    ]

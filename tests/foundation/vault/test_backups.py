"""The drill: back up, wipe, restore, compare; and a back-up that is not whole restores nothing."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import Installation
from yangguang.foundation.vault.actions.backups import (
    FolderTaken,
    PassphraseWeak,
    demand_strong,
    make_backup,
    open_backup,
)
from yangguang.foundation.vault.postgres import ToolFailed, tool
from yangguang.foundation.vault.rules.parts import BackupDamaged

pytestmark = pytest.mark.slow

PHRASE = "修路的人记得每一座桥 2026"
GIVEN = {"YANGGUANG_BACKUP_PASSPHRASE": PHRASE}


class Drill:
    """A small city, its back-up, and what the city held when the back-up was made."""

    def __init__(self, city: Installation, folder: Path) -> None:
        """Make the city and back it up."""
        self.city = city
        self.backup = folder / "backup"
        self.keys = folder / "elsewhere" / "city.keys"
        self.keys.parent.mkdir()
        with self.city.up():
            self.city.run("demo", "--households", "80", "--no-serve")
            self.rows, self.walls = rows(self.city), walls(self.city)
            self.told = self.city.run(
                "backup", str(self.backup), "--keys", str(self.keys), **GIVEN
            ).stdout
        self.files = digests(self.city)


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    """Give the one drill of this file."""
    with Installation.made() as city:
        yield Drill(city, tmp_path_factory.mktemp("drill"))


def rows(place: Installation) -> dict[str, str]:
    """Digest every table but the trail of back-ups, by a query that the product does not use."""
    with place.connect() as one:
        names = [name for (name,) in one.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]  # fmt: skip
        return {
            name: one.execute(
                f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {name} t"
            ).fetchone()[0]
            for name in names
        }


def walls(place: Installation) -> dict[str, list[tuple[object, ...]]]:
    """List what stands around the rows: row-level security, policies, triggers, grants."""
    asked = {
        "tables": "SELECT relname, relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner),"
        " ARRAY(SELECT unnest(relacl)::text ORDER BY 1)::text"
        " FROM pg_class WHERE relnamespace = 'public'::regnamespace",
        "policies": "SELECT tablename, policyname, roles::text, cmd, qual, with_check"
        " FROM pg_policies",
        "triggers": "SELECT pg_get_triggerdef(oid), tgenabled FROM pg_trigger"
        " WHERE NOT tgisinternal",
        "functions": "SELECT proname, prosrc, prosecdef, proacl::text FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace",
        "constraints": "SELECT conrelid::regclass::text, conname, contype::text, convalidated"
        " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
        "sequences": "SELECT sequencename, last_value FROM pg_sequences"
        " WHERE sequencename NOT LIKE 'audit%'",
    }
    with place.connect() as one:
        return {
            name: sorted(one.execute(query).fetchall(), key=str) for name, query in asked.items()
        }


def digests(place: Installation) -> dict[str, str]:
    return {
        str(path.relative_to(place.state)): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in ("files", "anchor")
        for path in (place.state / folder).rglob("*")
        if path.is_file()
    }


def spoil(drill: Drill, folder: Path) -> tuple[Path, Path]:
    """Copy the back-up to where it can be spoilt."""
    backup, keys = folder / "backup", folder / "city.keys"
    shutil.copytree(drill.backup, backup)
    shutil.copy(drill.keys, keys)
    return backup, keys


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def test_the_city_comes_back_to_the_last_row_into_an_empty_place_alone(drill: Drill) -> None:
    assert "与备份时完全一致" not in drill.told
    # Not where the city stands.
    with drill.city.up():
        arguments = ("restore", str(drill.backup), "--keys", str(drill.keys))
        refused = drill.city.try_(*arguments, **GIVEN)
        assert refused.returncode == 2
        assert "只恢复到空的" in refused.stderr
    shutil.rmtree(drill.city.state)
    drill.city.state.mkdir()
    with drill.city.up():
        told = drill.city.run(*arguments, **GIVEN).stdout
        assert "与备份时完全一致" in told
        now = rows(drill.city)
        # The trail has grown by the record of the restoring; nothing else has changed.
        grown = {name for name in now if now[name] != drill.rows[name]}
        assert grown == {"audit_record", "audit_link", "audit_shard"} & set(now)
        assert now.keys() == drill.rows.keys()
        found = walls(drill.city)
        for name, stood in drill.walls.items():
            assert set(found[name]) ^ set(stood) == set(), name
        assert digests(drill.city).items() >= drill.files.items()
        assert "没有发现问题" in drill.city.run("audit", "verify").stdout
        assert "密钥环里缺少" not in drill.city.run("keys", "status").stderr
        again = drill.city.try_(*arguments, **GIVEN)
        assert again.returncode == 2


@pytest.mark.parametrize("part", ["database", "files", "contents"])
def test_one_flipped_bit_of_a_part_is_found_before_anything_is_restored(
    drill: Drill, part: str, tmp_path: Path
) -> None:
    backup, keys = spoil(drill, tmp_path)
    open_backup(backup, keys, passphrase=PHRASE.encode())
    flip(backup / f"{part}.part")
    with pytest.raises(BackupDamaged, match=part):
        open_backup(backup, keys, passphrase=PHRASE.encode())


@pytest.mark.parametrize("name", ["manifest.json", "database.part", "files.part", "contents.part"])
def test_a_missing_part_is_found(drill: Drill, name: str, tmp_path: Path) -> None:
    backup, keys = spoil(drill, tmp_path)
    (backup / name).unlink()
    with pytest.raises(BackupDamaged):
        open_backup(backup, keys, passphrase=PHRASE.encode())


def test_missing_flipped_or_foreign_keys_and_a_cut_part_are_found(
    drill: Drill, tmp_path: Path
) -> None:
    backup, keys = spoil(drill, tmp_path)
    whole = keys.read_bytes()
    flip(keys)
    with pytest.raises(BackupDamaged, match="keys"):
        open_backup(backup, keys, passphrase=PHRASE.encode())
    keys.write_bytes(os.urandom(len(whole)))
    with pytest.raises(BackupDamaged, match="keys"):
        open_backup(backup, keys, passphrase=PHRASE.encode())
    keys.unlink()
    with pytest.raises(BackupDamaged, match="keys"):
        open_backup(backup, keys, passphrase=PHRASE.encode())
    keys.write_bytes(whole)
    with (backup / "files.part").open("r+b") as file:
        file.truncate(100)
    with pytest.raises(BackupDamaged, match="files"):
        open_backup(backup, keys, passphrase=PHRASE.encode())


def test_a_wrong_passphrase_opens_nothing(drill: Drill) -> None:
    with pytest.raises(BackupDamaged, match="口令"):
        open_backup(drill.backup, drill.keys, passphrase=b"not the phrase at all")


def test_a_spoilt_back_up_leaves_an_empty_place_empty(drill: Drill, tmp_path: Path) -> None:
    backup, keys = spoil(drill, tmp_path)
    flip(backup / "database.part")
    with Installation.made() as place, place.up():
        refused = place.try_("restore", str(backup), "--keys", str(keys), **GIVEN)
        assert refused.returncode == 2
        assert "什么都没有恢复" in refused.stderr
        assert rows(place) == {}
        assert not (place.state / "files").exists()
        assert {path.name for path in (place.state / "keys").iterdir()} <= {"app-role", "django"}


def test_a_back_up_holds_nothing_that_can_be_read(drill: Drill) -> None:
    everything = b"".join(path.read_bytes() for path in drill.backup.iterdir())
    everything += drill.keys.read_bytes()
    for word in ("registry_person", "INSERT", "PGDMP", "wrapped", "济南"):
        assert word.encode() not in everything
    for path in [*drill.backup.iterdir(), drill.keys]:
        assert path.stat().st_mode & 0o077 == 0


def test_a_back_up_is_never_made_over_another_nor_keys_beside_it(
    tmp_path: Path, now: object
) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "something").write_text("")
    beside = tmp_path / "one.keys"
    beside.write_text("")
    for folder, keys in (
        (taken, tmp_path / "two.keys"),
        (tmp_path / "new", beside),
        (tmp_path / "new", tmp_path / "new" / "keys"),
    ):
        with pytest.raises(FolderTaken):
            make_backup(folder, keys, passphrase=b"long enough a phrase", at=now, tell=print)
    with pytest.raises(PassphraseWeak, match="12"):
        demand_strong(b"short")


def test_a_tool_that_is_not_there_is_named(settings: object) -> None:
    settings.DATABASE_IS_EMBEDDED = False
    with pytest.raises(ToolFailed, match="no_such_tool"):
        tool("no_such_tool")

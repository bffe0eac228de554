"""What all tests stand on: a real PostgreSQL, migrated by its owner, used by who serves."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from yangguang.config import database

# Few and the same examples on every run; `make fuzz` looks for new ones at length.
settings.register_profile("few", max_examples=40, deadline=None, derandomize=True)
settings.register_profile("fuzz", max_examples=4000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "few"))

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Make, as the owner, a database for this worker, and let the serving role into it."""
    from django.db import connections

    from tests.trail import anchor
    from yangguang.config import preparing

    os.environ["YANGGUANG_ANCHOR"] = str(tmp_path_factory.mktemp("anchor"))

    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"test_{connections['owner'].settings_dict['NAME']}_{worker}"
    for connection in connections.all():
        connection.close()
        connection.settings_dict["NAME"] = name
    # A pool keeps connections that no test's rollback reaches.
    connections["default"].settings_dict["OPTIONS"] = {}
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        # Anew: a run that was killed may have left rows that no rollback reached.
        with psycopg.connect(database.owner_address().conninfo("postgres"), autocommit=True) as one:
            one.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        database.prepare(name)
        preparing.migrate()
        with connections["owner"].cursor() as cursor:
            # Tests release at moments of their own.
            cursor.execute("ALTER TABLE audit_release DISABLE TRIGGER at_now")
        preparing.load()
        anchor(NOW)
        connections["owner"].close()
    yield
    for connection in connections.all():
        connection.close()


@pytest.fixture
def now() -> datetime:
    """Give the moment at which tests happen: 10 o'clock in Jinan on 24 November 2026."""
    return NOW


@pytest.fixture
def key_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give an installation without any key: the folder that its first seal makes."""
    from yangguang.foundation.walls.sealing import forget_keys

    monkeypatch.setenv("YANGGUANG_KEYS", str(tmp_path / "keys"))
    monkeypatch.delenv("YANGGUANG_KEK", raising=False)
    forget_keys()
    yield tmp_path / "keys"
    forget_keys()

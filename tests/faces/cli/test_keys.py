"""`yangguang keys`: what is sealed with which key, told on the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django import DjangoDbBlocker

from tests.aid.lasting import committed
from tests.aid.paying import PLANNER, families
from yangguang.faces.cli.main import main
from yangguang.foundation.audit.models import Record
from yangguang.foundation.walls.context import acting, system
from yangguang.foundation.walls.keyring import read_ring
from yangguang.foundation.walls.sealing import forget_keys

pytestmark = pytest.mark.slow


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["keys", *words], obj=lambda: None)


def test_a_rotation_is_told_and_recorded_and_a_lost_key_is_named(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, key_folder: Path
) -> None:
    with committed(django_db_blocker):
        with acting(PLANNER):
            families(3)
        first = read_ring().current
        told = run("status")
        assert told.exit_code == 0
        assert first in told.output
        assert "registry_person.number_sealed" in told.output

        turned = run("rotate", "--cipher", "sm4-gcm", "--batch", "2")
        assert turned.exit_code == 0, turned.output
        second = read_ring().current
        assert second != first
        assert f"{second}（sm4-gcm）" in turned.output
        assert "6 行" in turned.output
        with acting(system("37")):
            verbs = Record.objects.filter(object_key=second).order_by("id")
            assert [r.verb for r in verbs] == ["vault.begin_rotation", "vault.end_rotation"]

        for name in ("keyring.json", "blinding.key"):
            (key_folder / name).unlink()
        forget_keys()
        lost = run("status")
        assert lost.exit_code == 1
        assert f"缺少：{second}" in lost.output
        refused = run("rotate")
        assert refused.exit_code == 2
        assert second in refused.output


def test_a_cipher_that_is_not_known_is_refused_before_anything_is_made(key_folder: Path) -> None:
    refused = run("rotate", "--cipher", "des")
    assert refused.exit_code == 2
    assert not (key_folder / "keyring.json").exists()

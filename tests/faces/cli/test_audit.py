"""`yangguang audit`: heads, verification, export and release from the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from tests import trail
from yangguang.faces.cli.main import main
from yangguang.foundation.accounts.actions import appoint
from yangguang.foundation.audit.models import Head, Release
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.walls.context import acting, system

pytestmark = pytest.mark.slow


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["audit", *words], obj=lambda: None)


def test_a_trail_is_signed_verified_and_given_to_an_outsider(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    anchors, export = tmp_path / "anchors", tmp_path / "trail.jsonl"
    with trail.own_trail(django_db_blocker, anchors, monkeypatch):
        sound = run("verify")
        assert (sound.exit_code, "没有发现问题" in sound.output) == (0, True)
        assert "已导出16条" in run("export", str(export)).output
        key = run("key").output.strip()
        command = [sys.executable, "-I", str(trail.ROOT / "tools" / "verify.py"), str(export),
                   "--anchors", str(anchors), "--key", key]  # fmt: skip
        assert subprocess.run(command, check=False, capture_output=True).returncode == 0
        assert subprocess.run([*command[:-1], "00" * 32], check=False).returncode == 1
        trail.tamper("UPDATE audit_record SET actor_name = '别人' WHERE object_key = '2'")
        broken = run("verify")
        assert broken.exit_code == 1
        assert "记录被改动：分片370112第3号" in broken.output
        told = json.loads(run("verify", "--json").stdout)
        assert (told["sound"], told["records"], told["heads"]) == (False, 16, 1)
        assert ["edited", "370113", 3] in [one[:3] for one in told["findings"]]


def test_the_command_of_every_day_signs_and_anchors_a_head(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with trail.own_trail(django_db_blocker, tmp_path, monkeypatch):
        trail.tamper("DELETE FROM audit_head")
        for path in tmp_path.iterdir():
            path.unlink()
        told = run("head")
        assert "已签发第1个链头：2个分片，16条留痕" in told.output
        (path,) = tmp_path.iterdir()
        assert json.loads(path.read_text()) == Head.objects.get().content


@pytest.mark.django_db
def test_two_approvers_release_and_nobody_else() -> None:
    on = timezone.localdate()
    with acting(system("37")) as actor:
        county = Area.objects.get(code="370112000000")
        for name, role in (("a", "approver"), ("b", "approver"), ("c", "planner")):
            appoint(name, name=name, role=f"county_{role}", area=county, from_date=on,
                    by=actor, at=timezone.now())  # fmt: skip
    reason = ("--reason", "台风断网")
    assert "岗位" in run("release", "--by", "a", "--second", "c", *reason).output
    assert "没有登录名为“d”" in run("release", "--by", "a", "--second", "d", *reason).output
    assert "两名不同的负责人" in run("release", "--by", "a", "--second", "a", *reason).output
    assert not Release.objects.exists()
    assert "已放行" in run("release", "--by", "a", "--second", "b", *reason).output
    assert Release.objects.get().second_name == "b"

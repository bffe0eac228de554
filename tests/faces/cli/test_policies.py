"""`yangguang policies`, as an operator types it."""

from importlib import resources
from pathlib import Path

import pytest
from click.testing import CliRunner

from yangguang.faces.cli.policies import NotText, policies
from yangguang.foundation.audit.models import Record
from yangguang.foundation.catalogue.actions import PolicyExists
from yangguang.foundation.kernel.policyfiles import PolicyFileError
from yangguang.foundation.walls.context import acting, system

pytestmark = pytest.mark.django_db

ITEM = "mz-temporary-spending"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write the shipped item anew, in force from a later day."""
    shipped = resources.files("yangguang.policies").joinpath("items", f"{ITEM}.yaml")
    path = tmp_path / f"{ITEM}.yaml"
    path.write_text(shipped.read_text("utf-8").replace("2022-01-01", "2026-10-01"), "utf-8")
    return path


def run(*words: str) -> str:
    result = CliRunner().invoke(policies, list(words))
    if result.exception:
        raise result.exception
    return result.output


def test_what_is_in_force_on_a_day_is_listed(file: Path) -> None:
    before = run("list", "--on", "2026-09-30", "--kind", "aid_item")
    assert f"救助事项\t{ITEM}\t2022-01-01\t支出型临时救助（示例）" in before
    assert run("add", str(file)) == "已增补“支出型临时救助”，自2026-10-01起施行。\n"
    assert f"{ITEM}\t2026-10-01" in run("list", "--on", "2026-10-01")
    assert run("list", "--on", "2026-09-30", "--kind", "aid_item") == before
    with acting(system("3701")):
        assert Record.objects.filter(verb="catalogue.add_aid_item").exists()


def test_the_same_version_twice_is_refused(file: Path) -> None:
    run("add", str(file))
    with pytest.raises(PolicyExists, match="施行日期更晚"):
        run("add", str(file))


def test_a_faulty_file_is_refused_by_line(file: Path) -> None:
    file.write_text(file.read_text("utf-8").replace("basis: budget", "basis: 大概"), "utf-8")
    with pytest.raises(PolicyFileError, match=r"第\d+行"):
        run("add", str(file))


def test_a_file_in_another_encoding_is_told(file: Path) -> None:
    file.write_bytes(file.read_text("utf-8").encode("gbk"))
    with pytest.raises(NotText, match="UTF-8"):
        run("add", str(file))

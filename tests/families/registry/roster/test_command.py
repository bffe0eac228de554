"""`yangguang roster` at the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.families.registry.roster.sheets import AREA, book, person
from yangguang.aid.ledger.models import Entry
from yangguang.faces.cli.main import main
from yangguang.families.registry.models import Household
from yangguang.foundation.walls.context import acting, system

pytestmark = [pytest.mark.requirement(28), pytest.mark.django_db, pytest.mark.slow]


def run(*words: str) -> Result:
    """Run `yangguang roster` with a database that is ready."""
    return CliRunner().invoke(main, ["roster", *words], obj=lambda: None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a roster of two households, one of them with an error."""
    path = tmp_path / "roster.xlsx"
    path.write_bytes(book([person(1), person(2, 性别="女")]))
    return path


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """Give a roster without an error."""
    path = tmp_path / "clean.xlsx"
    path.write_bytes(book([person(1), person(2)]))
    return path


def test_a_clean_roster_is_taken_and_exits_0(clean: Path) -> None:
    result = run("import", str(clean), "--area", AREA, "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told == {
        "rows": 2, "households": 2, "persons": 2, "created": 2, "updated": 0, "unchanged": 0,
        "errors": [], "warnings": [],
    }  # fmt: skip
    with acting(system("3701")):
        assert Household.objects.count() == Entry.objects.count() == 2


def test_work_is_told_at_once_on_standard_error_but_not_to_a_program(clean: Path) -> None:
    told = run("import", str(clean), "--area", AREA, "--dry-run")
    assert "正在读取、检查名册" in told.stderr
    assert "正在读取" not in told.stdout
    assert run("import", str(clean), "--area", AREA, "--dry-run", "--json").stderr == ""


def test_a_roster_with_an_error_is_not_taken_and_exits_1(file: Path) -> None:
    result = run("import", str(file), "--area", AREA, "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (told["created"], told["updated"]) == (0, 0)
    (error,) = told["errors"]
    assert (error["row"], error["column"], error["value"]) == (3, "性别", "女")
    assert "不符" in error["message"]
    with acting(system("3701")):
        assert Household.objects.count() == 0


def test_a_dry_run_tells_what_would_be_and_writes_nothing(clean: Path) -> None:
    result = run("import", str(clean), "--area", AREA, "--json", "--dry-run")
    assert json.loads(result.stdout)["created"] == 2
    with acting(system("3701")):
        assert Household.objects.count() == 0


def test_the_clean_part_is_taken_when_asked_and_the_rest_is_written_back(
    file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "back.xlsx"
    words = ("import", str(file), "--area", AREA, "--take-clean", "--annotated", str(out))
    result = run(*words)
    assert result.exit_code == 1
    assert "新增1户" in result.stdout
    assert "第3行“性别”（女）" in result.stdout
    assert out.stat().st_size > 0
    with acting(system("3701")):
        assert Household.objects.get().number == "YG-0001"


@pytest.mark.parametrize(
    ("content", "area", "words"),
    [
        (b"not a table", AREA, "没有找到表头"),
        (book([person(1)]), "999999999999", "没有代码为"),
    ],
)
def test_what_cannot_be_begun_exits_2_and_says_why(
    tmp_path: Path, content: bytes, area: str, words: str
) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(content)
    result = run("import", str(path), "--area", area)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.output


def test_the_template_is_written_where_asked(tmp_path: Path) -> None:
    out = tmp_path / "t.xlsx"
    assert run("template", str(out)).exit_code == 0
    assert out.read_bytes().startswith(b"PK")

"""`yangguang workdays`: the date first, refusals on standard error, and a start without Django."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from yangguang.faces.cli.main import main

NEXT_YEAR = """
year: 2027
notices:
  - {title: 国务院办公厅关于2027年部分节假日安排的通知, number: null}
holidays:
  - {name: 元旦, from: 2027-01-01, to: 2027-01-03}
workdays: []
"""


def run(*words: str):
    return CliRunner().invoke(main, ["workdays", *words])


@pytest.mark.requirement(22)
def test_the_due_date_is_the_first_word():
    told = run("2026-02-10", "15")
    assert told.exit_code == 0
    assert told.stdout.split()[:2] == ["2026-03-09", "星期一"]
    assert "第15个工作日，共27个自然日" in told.stdout
    assert told.stderr == ""


def test_a_start_may_be_written_in_chinese():
    assert run("2026年2月10日", "15").stdout.startswith("2026-03-09 ")


def test_zero_days_are_the_day_itself():
    assert run("2026-02-17", "0").stdout == "2026-02-17 星期二 （2026-02-17当日，不计工作日）\n"


def test_a_missing_calendar_is_refused_and_named():
    told = run("2026-12-25", "10")
    assert told.exit_code == 2
    assert told.stdout == ""
    assert "缺少2027年的工作日历" in told.stderr


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("2026-02-30", "3"), "没有这一天"),
        (("2026-02-10", "-3"), "天数不能小于0"),
        (("2026-02-10", "许多"), "不是整数"),
    ],
)
def test_a_refusal_exits_2_with_the_reason_on_standard_error(words, why):
    told = run(*words)
    assert told.exit_code == 2
    assert told.stdout == ""
    assert why in told.stderr


def test_the_count_is_told_day_by_day():
    lines = run("2026-02-10", "15", "--explain").stdout.splitlines()
    assert len(lines) == 1 + 27
    assert lines[4] == "  2026-02-14 星期六 调休上班（春节），第4个工作日"
    assert lines[5] == "  2026-02-15 星期日 春节放假，不计入"
    assert lines[-1] == "  2026-03-09 星期一 第15个工作日"


def test_a_calendar_file_adds_its_year(tmp_path):
    path = tmp_path / "2027.yaml"
    path.write_text(NEXT_YEAR, encoding="utf-8")
    assert run("2026-12-31", "1", "--calendar", str(path)).stdout.startswith("2027-01-04 ")


def test_a_date_that_the_next_notice_may_move_comes_with_a_warning():
    told = run("2026-12-21", "5")
    assert told.exit_code == 0
    assert told.stdout.startswith("2026-12-28 ")
    assert "2027年放假通知尚未录入" in told.stderr


def test_the_command_is_known_by_name_and_an_unknown_one_is_refused():
    assert "workdays" in main.list_commands(click.Context(main))
    assert CliRunner().invoke(main, ["nothing"]).exit_code == 2


@pytest.mark.slow
def test_it_starts_without_django_and_without_a_dataframe_engine():
    script = (
        "import sys\n"
        "from yangguang.faces.cli.main import main\n"
        "main(['workdays', '2026-02-10', '15'], standalone_mode=False)\n"
        "heavy = {'django', 'polars', 'narwhals', 'pyarrow', 'psycopg'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("2026-03-09 ")

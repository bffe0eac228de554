"""`yangguang score`: households of no database, line by line."""

import json
import os
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from yangguang.aid.index.rules.loading import SHIPPED
from yangguang.faces.cli.score import score

FAMILY: dict[str, Any] = {
    "number": "1",
    "standard": 1114.0,
    "income": 3600.0,
    "spend": {"medical": 0.0, "education": 0.0, "rehabilitation": 0.0, "other": 0.0},
    "dwelling_grade": "A",
    "tenure": "rented",
    "floor_area": None,
    "area_line": 15.0,
    "shocks": [
        {"kind": "disaster", "date": "2026-08-01", "loss": 40000.0, "main_worker_died": False}
    ],
    "single_parent": False,
    "only_child_lost": False,
    "property": "within",
    "category": None,
    "aid": [
        {
            "type": "living",
            "continuing": True,
            "stopped": None,
            "failed": False,
            "promised": 0.0,
            "payments": [["2025-12-10", 814.0]],
        }
    ],
    "members": [
        {
            "born": "1980-06-01",
            "illness": None,
            "disability_kind": "physical",
            "disability_grade": 1,
            "student": None,
            "employed": False,
            "unable_to_work": False,
            "marital": "single",
            "unsupported_child": False,
        }
    ],
}


def changed(*path: str | int, to: Any) -> dict[str, Any]:
    """Give the family with one value changed."""
    family = deepcopy(FAMILY)
    place: Any = family
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return family


def lines(*families: dict[str, Any] | str | bytes) -> bytes:
    """Write lines."""
    texts = (
        family if isinstance(family, str | bytes) else json.dumps(family) for family in families
    )
    return b"".join((text.encode() if isinstance(text, str) else text) + b"\n" for text in texts)


def run(given: bytes, *options: str) -> Result:
    """Run the command on standard input."""
    return CliRunner().invoke(score, ["--on", "2026-11-24", *options], input=given)


@pytest.mark.requirement(42)
def test_a_line_in_gives_a_line_out_in_the_same_order() -> None:
    result = run(lines(FAMILY, changed("number", to="2")))
    assert result.exit_code == 0, result.output
    first, second = map(json.loads, result.stdout.splitlines())
    assert [first["number"], second["number"]] == ["1", "2"]
    assert list(first) == ["number", "points", "deprived", "H", "V", "B", "A", "types"]
    assert first["points"] | {} == {
        "1": 91.921005386, "2": 0.0, "3": 100.0, "4": 100.0, "5": 100.0, "6": 0.0, "7": 50.0,
        "8": 68.493150685, "9": 0.0,
    }  # fmt: skip
    assert (first["deprived"], first["V"], first["B"]) == (4, 814.0, 16452.0)
    assert list(first["types"])[0::8] == ["living", "disaster"]


MISFITS = [
    (changed("surname", to="王"), "surname"),
    (changed("spend", "fuel", to=1.0), "spend.fuel"),
    ({key: value for key, value in FAMILY.items() if key != "income"}, "income"),
    (changed("income", to="3600"), "income"),
    (changed("income", to=-1), "income"),
    (changed("income", to=True), "income"),
    (changed("income", to=1e13), "income"),
    (changed("standard", to=0), "standard"),
    (changed("area_line", to=0.0), "area_line"),
    (changed("number", to=1), "number"),
    (changed("number", to=""), "number"),
    (changed("tenure", to="hotel"), "tenure"),
    (changed("tenure", to="none"), "dwelling_grade"),
    (changed("dwelling_grade", to="E"), "dwelling_grade"),
    (changed("property", to=None), "property"),
    (changed("category", to="dibao"), "category"),
    (changed("members", to=[]), "members"),
    (changed("members", 0, "disability_kind", to=None), "members[0].disability_grade"),
    (changed("members", 0, "disability_grade", to=None), "members[0].disability_grade"),
    (changed("members", 0, "disability_grade", to=5), "members[0].disability_grade"),
    (changed("members", 0, "disability_grade", to=1.5), "members[0].disability_grade"),
    (changed("members", 0, "born", to="2026-11-25"), "members[0].born"),
    (changed("members", 0, "born", to="1980-02-30"), "members[0].born"),
    (changed("members", 0, "born", to="1980-06-01T00:00:00"), "members[0].born"),
    (changed("shocks", 0, "kind", to="quake"), "shocks[0].kind"),
    (changed("shocks", 0, "loss", to=None), "shocks[0].loss"),
    (changed("aid", 0, "type", to="cash"), "aid[0].type"),
    (changed("aid", 0, "payments", to=[["2025-12-10"]]), "aid[0].payments[0]"),
    (changed("aid", 0, "payments", to=[["2025-12-10", -1.0]]), "aid[0].payments[0][1]"),
    (json.dumps(FAMILY)[:-1], "整行"),
    (json.dumps(FAMILY).replace("3600.0", "NaN"), "整行"),
    (json.dumps(FAMILY).replace("3600.0", "1e999"), "income"),
    ("[]", "整行"),
    ("", "整行"),
    (b"\xff\xfe", "整行"),
]


@pytest.mark.parametrize(("bad", "field"), MISFITS, ids=[field for _, field in MISFITS])
def test_a_line_that_does_not_fit_is_named_and_the_others_are_scored(
    bad: dict[str, Any] | str | bytes, field: str
) -> None:
    result = run(lines(FAMILY, bad, FAMILY))
    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 2
    (message,) = result.stderr.splitlines()
    assert message.startswith(f"第2行，{field}：")
    assert "Expected" not in message
    assert "内容不符合格式" not in message


def test_all_fields_that_a_line_lacks_are_told_at_once() -> None:
    result = run(lines({"number": "1", "spend": {}, "members": [{"born": "1980-06-01"}]}))
    (message,) = result.stderr.splitlines()
    assert result.exit_code == 2
    assert "这一行共缺24个字段" in message
    for field in ("standard", "spend.medical", "aid", "members[0].marital"):
        assert field in message


def test_the_example_is_a_worked_case_and_scores_as_it_says() -> None:
    example = CliRunner().invoke(score, ["--example"])
    assert example.exit_code == 0
    result = run(example.stdout.encode())
    told = json.loads(result.stdout)
    assert result.exit_code == 0, result.stderr
    assert [round(told[name], 2) for name in "HVBA"] == [66.27, 9768, 16452, 34.79]


@pytest.mark.slow
@pytest.mark.requirement(42)
def test_polars_writes_the_very_same_lines() -> None:
    given = lines(*(changed("income", to=float(income)) for income in range(0, 60_000, 700)))
    assert run(given).stdout == run(given, "--engine", "polars").stdout


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    result = run(b"\xef\xbb\xbf" + lines(FAMILY).replace(b"\n", b"\r\n"))
    assert result.exit_code == 0


def test_another_model_gives_another_score(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    text = SHIPPED.read_text(encoding="utf-8")
    path.write_text(text.replace("rented: 50", "rented: 60"), encoding="utf-8")
    result = run(lines(FAMILY), "--model", str(path))
    assert json.loads(result.stdout)["points"]["7"] == 60.0


def test_nothing_in_gives_nothing_out() -> None:
    result = run(b"")
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.slow
def test_it_runs_without_django_and_without_a_dataframe_engine() -> None:
    script = (
        "import sys; from yangguang.faces.cli.main import main\n"
        "try: main(['score', '--on', '2026-11-24'])\n"
        "except SystemExit as end: code = end.code\n"
        "loaded = {'django', 'psycopg', 'polars', 'narwhals'} & set(sys.modules)\n"
        "print(sorted(loaded), file=sys.stderr)\n"
    )
    source = Path(__file__).resolve().parents[3] / "src"
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=lines(FAMILY),
        capture_output=True,
        check=True,
        env={"PYTHONPATH": str(source), "PATH": os.environ["PATH"]},
    )
    assert done.stderr.decode().strip() == "[]"
    assert len(done.stdout.splitlines()) == 1

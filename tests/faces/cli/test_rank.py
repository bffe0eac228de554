"""`yangguang rank` and `yangguang index`: the head of a list, and a model tried first."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.aid.index.households import ON, household
from tests.aid.index.registered import AT, CITY, open_aid, pay, storable, store
from yangguang.aid.index.actions import catch_up
from yangguang.aid.index.models import Score
from yangguang.aid.index.rules.loading import SHIPPED
from yangguang.aid.index.types import Entry
from yangguang.faces.cli.main import main
from yangguang.families.registry.models import Household
from yangguang.foundation.walls.context import enter

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

VILLAGES = ("370112001001", "370112001002")


@pytest.fixture
def families() -> list[Household]:
    """Rank four families of one township, the poorest first."""
    enter(CITY)
    made = [
        store(storable(Entry(household(income=3000.0 * n), 0, None, ())), VILLAGES[n % 2])
        for n in range(4)
    ]
    catch_up(on=ON, at=AT)
    return made


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), obj=lambda: None)


def top(*more: str) -> list[dict[str, object]]:
    found = run("rank", "--area", "370112001000", "--top", "4", "--json", *more)
    assert found.exit_code == 0, found.output
    listed: list[dict[str, object]] = json.loads(found.stdout)
    return listed


@pytest.mark.requirement(45)
def test_the_list_is_from_high_to_low_with_masked_heads(families: list[Household]) -> None:
    rows = top()
    assert [row["number"] for row in rows] == [family.number for family in families]
    assert [row["rank"] for row in rows] == [1, 2, 3, 4]
    assert set(rows[0]) == {"rank", "number", "head", "A", "H", "band"}
    assert all("*" in str(row["head"]) for row in rows)


@pytest.mark.requirement(55)
def test_a_paid_family_has_fallen_in_the_list(families: list[Household]) -> None:
    enter(CITY)
    pay(open_aid(families[0]), 1_000_000)
    catch_up(on=ON, at=AT)
    rows = top()
    assert rows[0]["number"] == families[1].number
    fallen = Score.objects.get(household=families[0]).assistance
    assert {row["number"]: row["A"] for row in rows}[families[0].number] == fallen


@pytest.mark.requirement(44)
def test_a_type_has_a_list_and_a_table_of_its_own(families: list[Household]) -> None:
    assert [row["number"] for row in top("--type", "living")] == [f.number for f in families]
    shown = run("rank", "--area", "370112001000", "--type", "living")
    assert "类型指数" in shown.output
    assert "示例模型" in shown.output


def test_an_unknown_area_is_refused() -> None:
    refused = run("rank", "--area", "999999999999")
    assert refused.exit_code == 2
    assert "没有区划" in refused.stderr


@pytest.mark.requirement(42)
def test_an_area_is_scored_anew(families: list[Household]) -> None:
    Score.objects.all().delete()
    found = run("index", "score", "--area", "370112001000", "--on", "2026-11-24")
    assert found.exit_code == 0, found.output
    assert "已计算 4 户" in found.stdout
    assert len(top()) == 4


def test_a_harder_model_shows_who_falls(families: list[Household], tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8").replace("within: 1.0", "within: 0.9")
    changed = tmp_path / "model.yaml"
    changed.write_text(text, encoding="utf-8")
    found = run("index", "preview", "--model", str(changed), "--area", "370112001000", "--cut", "2")
    assert found.exit_code == 0, found.output
    assert "4 户：升 0，降 4。" in found.stdout
    enter(CITY)
    assert Score.objects.count() == 4

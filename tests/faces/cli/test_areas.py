"""`yangguang areas`, as an operator types it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.factories.registry import HouseholdFactory
from yangguang.faces.cli.areas import PartUnread, areas
from yangguang.families.registry.models import Household, Membership
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.divisions.rules.area_files import AreaFileError
from yangguang.foundation.divisions.types import Level
from yangguang.foundation.walls.context import acting, system

pytestmark = pytest.mark.django_db

DECREE = ["--on", "2026-11-01", "--reference", "济民发 2026 年 9 号"]
TOWN = "370112001"
WEIHAI = "code,name,level,parent\n371000000000,威海市,2,370000000000\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "威海.csv"
    path.write_bytes(WEIHAI.encode("gbk"))
    return path


def test_a_dry_run_checks_and_writes_nothing(file: Path) -> None:
    result = CliRunner().invoke(areas, ["import", str(file), "--dry-run"])
    assert result.output == "检查通过，可导入1个区划，另有0个已存在、不变。\n"
    assert not Area.objects.filter(code="371000000000").exists()


def test_an_import_adds_the_areas_from_the_day_given(file: Path) -> None:
    result = CliRunner().invoke(areas, ["import", str(file), "--on", "2023年6月30日"])
    assert result.output == "已导入1个区划，另有0个已存在、不变。\n"
    assert str(Area.objects.get(code="371000000000").valid_from) == "2023-06-30"


def test_a_faulty_file_is_refused_by_line(file: Path) -> None:
    file.write_text(WEIHAI + "371002000000,环翠区,4,371000000000\n")
    result = CliRunner().invoke(areas, ["import", str(file)])
    assert isinstance(result.exception, AreaFileError)
    assert "第3行：代码371002000000不是乡级代码" in str(result.exception)


@pytest.fixture
def family() -> Household:
    """Register a family in the first village of a town."""
    with acting(system("3701")):
        return HouseholdFactory(elder_alone=True, area_code=villages()[0])


def villages() -> list[str]:
    found = Area.objects.within(TOWN).filter(level=Level.VILLAGE, valid_until=None)
    return list(found.order_by("code").values_list("code", flat=True)[:2])


def lives_in(family: Household) -> tuple[str, str]:
    """Give the village of a family, and that of its member's row."""
    with acting(system("3701")):
        family.refresh_from_db()
        return family.area_id, Membership.objects.get(household=family).area_code


def run(*words: str) -> str:
    result = CliRunner().invoke(areas, list(words))
    if result.exception:
        raise result.exception
    return result.output


def test_a_merged_village_brings_its_families_along(family: Household) -> None:
    one, two = villages()
    said = run("merge", one, two, "--into", two, "--name", "新合村", *DECREE)
    assert said == "已变更，1户家庭随区划迁入新代码。\n"
    assert lives_in(family) == (two, two)


def test_a_moved_town_brings_its_families_to_their_new_codes(family: Household) -> None:
    village = villages()[0]
    run("move", TOWN + "000", "--parent", "370102000000", "--code", "370102099000", *DECREE)
    assert lives_in(family) == ("370102099" + village[9:],) * 2


def test_a_split_without_an_heir_for_the_family_says_whom_nobody_can_place(
    family: Household,
) -> None:
    village = villages()[0]
    parts = ["--part", f"{TOWN}801:东村", "--part", f"{TOWN}802：西村"]
    said = run("split", village, *parts, *DECREE)
    assert f"原{village}的1户去向不止一处" in said
    assert lives_in(family)[0] == village


def test_a_new_name_keeps_code_and_families(family: Household) -> None:
    village = villages()[0]
    assert "0户" in run("rename", village, "向阳村", *DECREE)
    assert Area.objects.get(code=village).name == "向阳村"
    assert lives_in(family)[0] == village


def test_a_part_without_a_name_is_refused_and_nothing_changes() -> None:
    village = villages()[0]
    with pytest.raises(PartUnread, match="代码:名称"):
        run("split", village, "--part", "370112001801", *DECREE)
    assert Area.objects.get(code=village).valid_until is None

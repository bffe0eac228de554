"""`yangguang areas import`, as an operator types it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from yangguang.faces.cli.areas import areas
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.divisions.rules.area_files import AreaFileError

pytestmark = pytest.mark.django_db

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

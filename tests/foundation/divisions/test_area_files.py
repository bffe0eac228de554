"""Another city's list of areas: every fault by its line, all or nothing."""

from datetime import date, datetime

import pytest

from yangguang.foundation.divisions import queries
from yangguang.foundation.divisions.actions import import_areas
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.divisions.rules.area_files import AreaFileError, read_areas, scope_of
from yangguang.foundation.divisions.types import Level
from yangguang.foundation.walls.context import Actor

QINGDAO = """code,name,level,parent
370200000000,青岛市,2,370000000000
370202000000,市南区,3,370200000000
370202001000,香港中路街道,4,370202000000
370202001001,闽江路社区居民委员会,5,370202001000
"""
ON = date(2024, 1, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_another_city_is_brought_in_from_utf8_or_gbk(
    officer: Actor, now: datetime, encoding: str
) -> None:
    data = QINGDAO.encode(encoding)
    done = import_areas(data, source="青岛.csv", on=ON, by=officer, at=now)
    assert (done.added, done.unchanged) == (4, 0)
    assert [view.name for view in queries.path("370202001001")] == [
        "山东省", "青岛市", "市南区", "香港中路街道", "闽江路社区居民委员会",
    ]  # fmt: skip


def test_the_same_file_twice_changes_nothing(officer: Actor, now: datetime) -> None:
    import_areas(QINGDAO.encode(), source="青岛.csv", on=ON, by=officer, at=now)
    done = import_areas(QINGDAO.encode(), source="青岛.csv", on=ON, by=officer, at=now)
    assert (done.added, done.unchanged) == (0, 4)


FAULTY = """代码,名称,级别,上级
370200000000,青岛市,2,370000000000
37020200000,市南区,3,370200000000
370203000000,,3,370200000000
370211000000,黄岛区,九,370200000000
370212001000,中韩街道,3,370200000000
370213001000,浮山路街道,4,370213000000
370202000000,市北区,3,370100000000
370200000000,青岛市,2,370000000000
370214,城阳区
370202001000,香港中路街道,4,
370202001001,闽江路社区,5,370202001000
"""


def test_every_fault_is_named_by_its_line() -> None:
    known = {"370000000000": Level.PROVINCE, "370100000000": Level.CITY}
    with pytest.raises(AreaFileError) as caught:
        read_areas(FAULTY.encode(), "x.csv", known)
    assert [(fault.line, fault.what) for fault in caught.value.faults] == [
        (3, "区划代码“37020200000”不是12位数字"),
        (4, "没有名称"),
        (5, "级别“九”应为1至5（1省 2市 3县 4乡 5村）"),
        (6, "代码370212001000不是县级代码：第6位之后应全为0"),
        (7, "上级370213000000不在文件里，也不在已有区划里"),
        (8, "代码370202000000不在上级370100000000的代码之下"),
        (9, "代码370200000000与第2行重复"),
        (10, "只有2列，应有4列"),
        (11, "香港中路街道没有写上级代码"),
    ]


def test_one_fault_stops_the_whole_file(officer: Actor, now: datetime) -> None:
    with pytest.raises(AreaFileError, match="未导入任何一行"):
        import_areas(FAULTY.encode(), source="x.csv", on=ON, by=officer, at=now)
    assert not Area.objects.filter(code="370200000000").exists()


def test_a_row_that_contradicts_an_area_already_there_is_a_fault(
    officer: Actor, now: datetime
) -> None:
    text = "code,name,level,parent\n370102000000,历上区,3,370100000000\n"
    with pytest.raises(AreaFileError, match="第2行：代码370102000000已有，是“历下区”"):
        import_areas(text.encode(), source="x.csv", on=ON, by=officer, at=now)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "缺少列"),
        (b"code,name,level\n", "缺少列：parent"),
        (b"code,name,level,parent\n", "没有一个区划"),
        (b"\xff\xff\xff", "文字编码"),
    ],
)
def test_a_file_that_is_no_list_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(AreaFileError, match=why):
        read_areas(data, "x.csv")


def test_a_city_without_counties_is_taken() -> None:
    text = "code,name,level,parent\n441900000000,东莞市,2,440000000000\n"
    text += "441900003000,东城街道,4,441900000000\n"
    rows = read_areas(text.encode(), "x.csv", {"440000000000": Level.PROVINCE})
    assert [row.level for row in rows] == [Level.CITY, Level.TOWNSHIP]


def test_a_file_without_a_code_has_no_place_in_the_trail() -> None:
    assert scope_of(QINGDAO.encode(), "x.csv") == "37"
    with pytest.raises(AreaFileError, match="没有一个12位区划代码"):
        scope_of(b"code,name,level,parent\n", "x.csv")

"""Policy files: strict, named by line, and written back as the same file."""

from datetime import date
from pathlib import Path

import pytest

from yangguang.foundation.catalogue.rules.files import (
    CONTENTS,
    POLICIES,
    policies_of,
    read_calendar,
    read_index_model,
    read_policy,
    write_policy,
)
from yangguang.foundation.catalogue.types import PolicyKind, PolicyVersion
from yangguang.foundation.divisions.rules.organisations import read_organisations
from yangguang.foundation.kernel.policyfiles import PolicyFileError

SHIPPED = list(policies_of(POLICIES))
STANDARD = """kind: standard
key: dibao
area: "3701"
valid_from: 2024-01-01
title: 某市低保标准
reference: 某文件
sample: true
content:
  unit: 元/人·月
  lines:
    - {area: "3701", group: urban, monthly: 1114}
    - {area: "3701", group: rural, monthly: 884.50}
"""


def test_an_amount_is_written_in_yuan_and_kept_in_fen() -> None:
    lines = read_policy(STANDARD, "x.yaml").content["lines"]
    assert [line["monthly"] for line in lines] == [111400, 88450]


@pytest.mark.parametrize(
    ("was", "now", "line", "why"),
    [
        ("kind: standard", "kind: norm", 1, "之一"),
        ("kind: standard", "kind: calendar", 1, "自己的文件格式"),
        ("key: dibao", "key: 低保", 2, "编号应是小写字母"),
        ('area: "3701"\n', "area: 3701\n", 3, "加引号"),
        ('area: "3701"\n', 'area: "370"\n', 3, "2、4、6、9或12位"),
        ("2024-01-01", "2024-02-30", 4, "没有这一天"),
        ("2024-01-01", "明年", 4, "这里应是日期"),
        ("title: 某市低保标准", 'title: ""', 5, "不能空着"),
        ("reference: 某文件\n", "", 1, "缺少这个键"),
        ("sample: true", "sample: 是", 7, "true 或 false"),
        ("sample: true", "sample: true\nnote: 多余", 8, "没有这个键"),
        ("sample: true", "sample: true\nvalid_until: 2024-01-01", 8, "晚于施行日期"),
        ("unit: 元/人·月", "unit: 1", 9, "这里应是文字"),
        ("unit: 元/人·月", "unit: 元\n  unit: 元", 10, "写了两遍"),
        ("group: urban", "group: city", 11, "之一"),
        ("monthly: 1114", "monthly: 1114.005", 11, "精确到分"),
        ("monthly: 1114", "monthly: 一千", 11, "精确到分"),
        ("monthly: 1114", "monthly: -1", 11, "不能小于0"),
        ("monthly: 1114", "monthly: 0", 11, "应大于0"),
        ("group: rural", "group: urban", 12, "写了两遍"),
        ('{area: "3701", group: rural', '{area: "37x", group: rural', 12, "前缀"),
        ("884.50}", "884.50", 13, "YAML"),
    ],
)
def test_a_wrong_file_is_named_by_its_line(was: str, now: str, line: int, why: str) -> None:
    assert was in STANDARD
    with pytest.raises(PolicyFileError, match=why) as caught:
        read_policy(STANDARD.replace(was, now, 1), "标准.yaml")
    assert caught.value.line == line
    assert f"“标准.yaml”第{line}行" in str(caught.value)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(PolicyFileError, match="文件是空的"):
        read_policy("", "x.yaml")


@pytest.mark.parametrize("version", SHIPPED, ids=lambda v: f"{v.kind}-{v.key}-{v.valid_from.year}")
def test_every_shipped_version_is_written_back_as_the_same_version(version: PolicyVersion) -> None:
    text = write_policy(version)
    if version.kind in CONTENTS:
        again = read_policy(text, "x.yaml")
    elif version.kind == PolicyKind.CALENDAR:
        again = read_calendar(text, "x.yaml")
    else:
        again = read_index_model(text, "x.yaml", version.area_code)
    assert again == version


@pytest.mark.requirement(11)
def test_the_library_holds_every_kind_of_policy() -> None:
    assert {version.kind for version in SHIPPED} == set(PolicyKind)


def test_every_unverified_number_is_marked_as_a_sample() -> None:
    official = {v.kind for v in SHIPPED if not v.sample}
    assert official == {PolicyKind.CALENDAR}


def test_every_aid_item_belongs_to_a_shipped_department() -> None:
    text = (POLICIES / "organisations" / "jinan-2011.yaml").read_text()
    known = {facts.code for facts in read_organisations(text, "x")}
    items = [v for v in SHIPPED if v.kind == PolicyKind.AID_ITEM]
    assert {v.content["department"] for v in items} <= known
    assert len({v.key for v in items}) == len(items)
    assert all(len(v.key) <= 40 and len(v.title) <= 100 for v in items)


def test_an_organisation_below_an_unknown_one_is_named_by_its_line() -> None:
    text = "title: 甲\nreference: 乙\nsample: true\norganisations:\n"
    text += '  - {code: a, name: 甲, kind: unit, area: "370100000000", parent: b}\n'
    with pytest.raises(PolicyFileError, match="不在前面") as caught:
        read_organisations(text, "x.yaml")
    assert caught.value.line == 5


def test_a_calendar_is_a_policy_of_its_year() -> None:
    (year,) = [v for v in SHIPPED if v.key == "2026" and v.kind == PolicyKind.CALENDAR]
    assert (year.valid_from, year.valid_until) == (date(2026, 1, 1), date(2027, 1, 1))
    assert "国务院办公厅关于2026年部分节假日安排的通知" in year.reference


def test_an_index_model_without_a_date_is_named_by_the_file(tmp_path: Path) -> None:
    with pytest.raises(PolicyFileError, match="缺少这个键"):
        read_index_model("version: a\nname: 甲\n", "m.yaml", "3701")

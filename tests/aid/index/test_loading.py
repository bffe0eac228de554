"""A model file is a model, or the line at fault is named."""

import pytest

from yangguang.aid.index.rules.loading import SHIPPED, load, parse, shipped
from yangguang.aid.index.rules.reading import ModelError

TEXT = SHIPPED.read_text(encoding="utf-8")

FAULTS = [
    ("fade_days: 365", "fade_day: 365", "fade_day", "没有这个键"),
    ("    minor_under: 18\n".removeprefix("  "), "", "minor_under", "缺少这个键"),
    ("cap: 0.8", "cap: 0.8\n  cap: 0.8", "cap", "两遍"),
    ("weight: 40", "weight: 41", "indicators", "现为101"),
    ("weight: 40", "weight: -40", "weight", "不能为负"),
    ("weight: 40", "weight: forty", "weight", "应是数"),
    ("weight: 40", "weight: .nan", "weight", "应是数"),
    ("dimension: economy", "dimension: money", "dimension", "之一"),
    ("[0.5, 85], [1.0, 60]", "[1.0, 85], [0.5, 60]", "knots", "横坐标"),
    ("[0.5, 85], [1.0, 60]", "[0.5, 60], [1.0, 85]", "knots", "下降"),
    ("[0.1, 30], [0.3, 60]", "[0.1, 60], [0.3, 30]", "knots", "上升"),
    ("[0.5, 100]]", "[0.5, 101]]", "knots", "0与100"),
    ("[0.5, 85], [1.0, 60]", "[0.5, 85], 60", "knots", "列表"),
    ("severe: 60", "severe: [60]", "severe", "应是数"),
    ("severe: 60", "severe: 160", "severe", "0与100"),
    ("edge: 0.8", "edge: 1.8", "edge", "0与1"),
    ("slope: 0.8", "slope: 0", "slope", "大于0"),
    ("decimals: 9", "decimals: 12", "decimals", "0与9"),
    ("heavy: 45", "heavy: 75", "bands", "由高到低"),
    ("effective: 2026-01-01", "effective: 2026-02-30", "effective", "没有这一天"),
    ("effective: 2026-01-01", "effective: 2026", "effective", "应是日期"),
    ("\nsample: true", "\nsample: 1", "sample", "true 或 false"),
    ("bonus:\n", "bonus: 3\nrest:\n", "bonus", "一组键和值"),
    ("local: []", "local: [{name: 甲, measure: 乙, weight: 1, reference: 丙}]", "measure", "之一"),
    (
        "local: []",
        "local: [{name: 甲, measure: elderly, weight: -1, reference: 丙}]",
        "weight",
        "不能为负",
    ),
    (
        "local: []",
        "local: [{name: 甲, measure: elderly, weight: 11, reference: 丙}]",
        "local",
        "不得超过10",
    ),
]


@pytest.mark.parametrize(("old", "new", "key", "why"), FAULTS)
def test_a_faulty_model_is_refused_with_its_line(old: str, new: str, key: str, why: str) -> None:
    assert old in TEXT
    with pytest.raises(ModelError, match=why) as caught:
        parse(TEXT.replace(old, new, 1))
    error = caught.value
    assert error.path[-1] == key or key in error.path
    assert f"第{error.line}行" in str(error)


def test_the_line_named_is_the_line_at_fault() -> None:
    at = TEXT.splitlines().index("    severe: 60") + 1
    with pytest.raises(ModelError) as caught:
        parse(TEXT.replace("severe: 60", "severe: 160"))
    assert caught.value.line == at


@pytest.mark.parametrize("text", ["", "a: [", "a: '\x00'"])
def test_what_is_no_yaml_is_refused(text: str) -> None:
    with pytest.raises(ModelError):
        parse(text)


def test_the_digest_is_of_the_content_and_not_of_the_layout() -> None:
    assert load().digest == parse("# 说明\n" + TEXT).digest == shipped().digest
    assert parse(TEXT.replace("severe: 60", "severe: 61")).digest != shipped().digest


def test_the_shipped_model_is_marked_as_an_example() -> None:
    assert shipped().sample
    assert sum(indicator.weight for indicator in shipped().indicators) == 100

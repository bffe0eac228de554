"""Policy files by shape: what is read is written back, and nothing slips through."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.foundation.kernel.choices import Choices
from yangguang.foundation.kernel.money import Fen
from yangguang.foundation.kernel.policyfiles import PolicyFileError, build, plain, read, write
from yangguang.foundation.kernel.workdays import DayKind


@dataclass(frozen=True)
class Part:
    name: str
    amount: Fen
    kind: DayKind


@dataclass(frozen=True)
class Whole:
    parts: tuple[Part, ...]
    on: date
    share: float
    anything: Any
    until: date | None = None
    most: Fen | None = None


parts = st.builds(
    Part,
    name=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20),
    amount=st.integers(0, 10**12).map(Fen),
    kind=st.sampled_from(DayKind),
)
wholes = st.builds(
    Whole,
    parts=st.lists(parts, max_size=4).map(tuple),
    on=st.dates(),
    share=st.floats(-1e6, 1e6),
    anything=st.none() | st.integers() | st.booleans() | st.lists(st.integers(), max_size=3),
    until=st.none() | st.dates(),
    most=st.none() | st.integers(0, 10**9).map(Fen),
)


@given(wholes)
def test_law_what_is_written_reads_back_the_same(whole: Whole) -> None:
    assert read(write(whole), "x.yaml", Whole)[0] == whole


@given(wholes)
def test_law_what_is_kept_as_json_is_built_again_the_same(whole: Whole) -> None:
    assert build(plain(whole), Whole) == whole


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("- 1", 1, "一组键和值"),
        ("parts: 1", 1, "一个列表"),
        ("parts: []\non: 2026-01-01\nshare: .inf", 3, "看不懂"),
        ("parts: []\non: 2026-01-01\nshare: 1.0e+999", 3, "这里应是数"),
        ("parts: []\non: 2026-01-01T10:00:00", 2, "没有这一天"),
        ("parts: []\nuntil: 2026-13-01", 2, "没有这一天"),
        ("parts: []\nanything: 010", 2, "看不懂"),
        ("parts: []\nanything: yes", 2, "看不懂"),
        ("parts: []\nmost: '12'", 2, "精确到分"),
        ("parts: [\n  {name: a, amount: 1, kind: noday}]", 2, "workday、adjusted"),
        ("a: \x07", 1, "字符"),
    ],
)
def test_what_cannot_be_is_named_by_its_line(text: str, line: int, why: str) -> None:
    with pytest.raises(PolicyFileError, match=why) as caught:
        read(text, "x.yaml", Whole)
    assert caught.value.line == line


def test_a_closed_list_gives_its_member() -> None:
    @dataclass(frozen=True)
    class One:
        kind: DayKind

    value, lines = read("kind: weekend", "x.yaml", One)
    assert value.kind is DayKind.WEEKEND
    assert isinstance(value.kind, Choices)
    assert lines.error(("kind", 3), "不对").line == 1

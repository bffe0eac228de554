"""Dates: read as people and spreadsheets write them, refused where they could mean two days."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.foundation.kernel.dates import DateError, read_date

CHILDRENS_DAY = date(1980, 6, 1)


@pytest.mark.parametrize(
    "written",
    [
        "1980年6月1日",
        "1980年06月01",
        "1980 年 6 月 1 日",
        "1980.6.1",
        "1980-06-01",
        "1980/6/1",
        "19800601",
        "１９８０．６．１",
        "1980-06-01 00:00:00",
        "1980-06-01T00:00:00",
        "29373",
        "29373.0",
        29373,
        29373.0,
        19800601,
        CHILDRENS_DAY,
        datetime(1980, 6, 1, 8, 30),  # noqa: DTZ001 - a spreadsheet's time has no zone
    ],
)
def test_a_date_is_read_however_it_is_written(written):
    assert read_date(written) == CHILDRENS_DAY
    assert type(read_date(written)) is date


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "没有填写"),
        ("1980", "写法不明"),
        ("80.6.1", "写法不明"),
        ("1980年6月", "写法不明"),
        ("1980-6/1", "写法不明"),
        ("6月1日", "写法不明"),
        ("1980-06-01 08:30:00", "写法不明"),
        (29373.5, "写法不明"),
        ("1980年2月30日", "没有这一天"),
        ("19801301", "没有这一天"),
        ("0000-01-01", "没有这一天"),
    ],
)
def test_an_unclear_date_is_refused_with_its_reason(written, why):
    with pytest.raises(DateError, match=why) as refused:
        read_date(written)
    assert refused.value.value == written
    assert "请写成1980-06-01" in str(refused.value)


@given(st.dates(date(1000, 1, 1)))
def test_every_iso_date_reads_back(day):
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.year}年{day.month}月{day.day}日") == day

"""Calendar files: every one names its notice, and a wrong one is named with its fault."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.foundation.kernel.calendars import (
    SHIPPED,
    CalendarError,
    load_calendar,
    read_year,
    shipped_calendar,
    write_year,
)
from yangguang.foundation.kernel.workdays import CalendarYear, Notice, add_workdays

GOOD = """
year: 2027
notices:
  - {title: 国务院办公厅关于2027年部分节假日安排的通知, number: null}
holidays:
  - {name: 元旦, from: 2027-01-01, to: 2027-01-03}
workdays:
  - {day: 2027-01-09, for: 元旦}
"""


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_file_is_named_by_its_year_and_written_as_we_write(path):
    text = path.read_text(encoding="utf-8")
    year = read_year(text, path.name)
    assert str(year.year) == path.stem
    assert year.notices[0].title == f"国务院办公厅关于{year.year}年部分节假日安排的通知"
    assert write_year(year) == text


words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
days_off = st.dictionaries(st.dates(date(2027, 1, 1), date(2027, 12, 25)), words, max_size=9)


@given(days_off, words, st.none() | words)
def test_whatever_an_administrator_enters_is_written_and_read_back(holidays, title, number):
    sunday_worked = {date(2027, 12, 26): title}
    year = CalendarYear(2027, (Notice(title, number),), holidays, sunday_worked)
    assert read_year(write_year(year), "2027.yaml") == year


def test_a_year_without_days_off_or_made_up_days_is_written_and_read_back():
    year = CalendarYear(2027, (Notice("通知", None),), {}, {})
    assert read_year(write_year(year), "2027.yaml") == year


def test_a_file_named_by_another_year_replaces_nothing(tmp_path):
    (tmp_path / "2026.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(CalendarError, match="文件名应为2027"):
        load_calendar(tmp_path)


def test_the_years_2004_to_2026_are_shipped():
    assert sorted(shipped_calendar().years) == list(range(2004, 2027))


def test_only_the_two_oldest_notices_still_lack_a_verified_number():
    calendar = shipped_calendar()
    lacking = {year for year, known in calendar.years.items() if known.notices[0].number is None}
    assert lacking == {2004, 2005}


def test_a_year_comes_from_an_extra_file_or_folder(tmp_path):
    (tmp_path / "2027.yaml").write_text(GOOD, encoding="utf-8")
    for place in (tmp_path, tmp_path / "2027.yaml"):
        calendar = load_calendar(place)
        assert add_workdays(date(2026, 12, 31), 1, calendar) == date(2027, 1, 4)


def test_an_extra_file_replaces_the_shipped_year(tmp_path):
    late = write_year(shipped_calendar().year(2026)).replace("day: 2026-10-10", "day: 2026-10-17")
    (tmp_path / "2026.yaml").write_text(late, encoding="utf-8")
    assert date(2026, 10, 17) in load_calendar(tmp_path).year(2026).workdays


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("year: 2027", "year: [2027", "不是有效的YAML（第"),
        ("year: 2027", "year: \x00", "不是有效的YAML（无法定位）"),
        (GOOD, "- 2027", "应有且只有"),
        ("workdays:", "makeup:", "应有且只有"),
        ("year: 2027", "year: soon", "写法不对"),
        ("name: 元旦, ", "", "'name'"),
        ("from: 2027-01-01", "from: 元月一日", "“元月一日”不是日期"),
        ("day: 2027-01-09", "day: 2027-1-9x", "不是日期"),
        ("to: 2027-01-03", "to: 2026-12-31", "2027-01-01晚于2026-12-31"),
        ("from: 2027-01-01", "from: 2026-12-31", "2026-12-31不在2027年"),
        ("day: 2027-01-09", "day: 2027-01-08", "2027-01-08不是周末"),
        ("day: 2027-01-09", "day: 2027-01-02", "2027-01-02既写为放假，又写为上班"),
        (
            "  - {day: 2027-01-09, for: 元旦}",
            "  - {day: 2027-01-09, for: 元旦}\n  - {day: 2027-01-09, for: 春节}",
            "2027-01-09写了两次",
        ),
        (
            "notices:\n  - {title: 国务院办公厅关于2027年部分节假日安排的通知, number: null}",
            "notices: []",
            "没有写明所依据的通知",
        ),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_fault(old, new, fault):
    assert old in GOOD
    with pytest.raises(CalendarError) as refused:
        read_year(GOOD.replace(old, new), "2027.yaml")
    assert refused.value.source == "2027.yaml"
    assert fault in refused.value.what
    assert "“2027.yaml”" in str(refused.value)

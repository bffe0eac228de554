"""Working days: the jurist's table, the laws of counting, and the second opinion on every day."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from yangguang.foundation.kernel.calendars import shipped_calendar
from yangguang.foundation.kernel.workdays import (
    Calendar,
    CalendarYear,
    DayKind,
    MissingCalendar,
    NegativeDays,
    Notice,
    add_workdays,
    explain,
    is_workday,
    may_still_change,
    remaining,
    workdays_between,
)

CALENDAR = shipped_calendar()
SPEC = yaml.safe_load(Path(__file__).with_name("workdays.spec.yaml").read_text(encoding="utf-8"))
days = st.dates(date(2004, 1, 1), date(2024, 12, 31))
counts = st.integers(0, 200)


@pytest.mark.requirement(22)
@pytest.mark.parametrize("case", SPEC, ids=lambda case: f"{case['start']}+{case['days']}")
def test_a_due_date_is_the_one_a_jurist_counted_by_hand(case):
    assert add_workdays(case["start"], case["days"], CALENDAR) == case["due"]


@given(days, counts)
def test_counting_one_day_more_never_ends_earlier(start, n):
    assert add_workdays(start, n, CALENDAR) < add_workdays(start, n + 1, CALENDAR)


@given(days, days, counts)
def test_a_later_start_never_ends_earlier(one, other, n):
    early, late = sorted([one, other])
    assert add_workdays(early, n, CALENDAR) <= add_workdays(late, n, CALENDAR)


@given(days, counts, counts)
def test_n_and_then_m_days_are_n_plus_m_days(start, n, m):
    halfway = add_workdays(start, n, CALENDAR)
    assert add_workdays(halfway, m, CALENDAR) == add_workdays(start, n + m, CALENDAR)


@given(days, counts)
def test_between_undoes_add(start, n):
    due = add_workdays(start, n, CALENDAR)
    assert workdays_between(start, due, CALENDAR) == n
    assert workdays_between(due, start, CALENDAR) == -n


@given(days, st.integers(1, 60))
def test_the_explanation_ends_on_the_due_date_and_counts_every_working_day(start, n):
    told = explain(start, n, CALENDAR)
    assert told[-1].day == add_workdays(start, n, CALENDAR)
    assert [day.number for day in told if day.number] == list(range(1, n + 1))
    assert [day.day for day in told] == [start + timedelta(i + 1) for i in range(len(told))]
    assert all((day.number is not None) == is_workday(day.day, CALENDAR) for day in told)


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_day_agrees_with_a_second_opinion(year):
    first = date(year, 1, 1)
    every = [first + timedelta(i) for i in range((date(year + 1, 1, 1) - first).days)]
    differing = [
        day for day in every if is_workday(day, CALENDAR) != chinese_calendar.is_workday(day)
    ]
    # The package leaves out a Saturday worked that only the notice for 2006 names.
    assert differing == ([date(2005, 12, 31)] if year == 2005 else [])


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_year_has_as_many_working_days_as_its_notice_leaves(year):
    known = CALENDAR.year(year)
    weekdays = sum(
        (n - 1) % 7 < 5
        for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    )
    lost = sum(day.weekday() < 5 for day in known.holidays)
    assert len(known.ordinals()) == weekdays - lost + len(known.workdays)


def test_a_year_without_a_calendar_is_refused_and_named():
    with pytest.raises(MissingCalendar, match="缺少2027年的工作日历") as refused:
        add_workdays(date(2026, 12, 25), 10, CALENDAR)
    assert refused.value.year == 2027


def test_the_first_day_of_an_unknown_year_is_not_counted_either():
    assert add_workdays(date(2026, 12, 30), 1, CALENDAR) == date(2026, 12, 31)
    with pytest.raises(MissingCalendar):
        add_workdays(date(2026, 12, 31), 1, CALENDAR)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: add_workdays(date(2003, 12, 31), 1, CALENDAR),
        lambda: add_workdays(date(2003, 12, 31), 0, CALENDAR),
        lambda: is_workday(date(2003, 12, 31), CALENDAR),
        lambda: workdays_between(date(2003, 12, 31), date(2004, 1, 5), CALENDAR),
        lambda: workdays_between(date(2004, 1, 5), date(2003, 12, 31), CALENDAR),
        lambda: remaining(date(2003, 12, 31), date(2004, 1, 5), CALENDAR),
        lambda: explain(date(2003, 12, 31), 1, CALENDAR),
    ],
)
def test_no_question_about_an_unknown_year_is_answered(ask):
    with pytest.raises(MissingCalendar) as refused:
        ask()
    assert refused.value.year == 2003


def test_a_gap_between_known_years_is_refused_and_not_skipped():
    holed = Calendar.of([CALENDAR.year(2011), CALENDAR.year(2013)])
    for n in (5, 500):
        with pytest.raises(MissingCalendar) as refused:
            add_workdays(date(2011, 12, 30), n, holed)
        assert refused.value.year == 2012


def test_an_empty_calendar_knows_nothing():
    with pytest.raises(MissingCalendar):
        add_workdays(date(2026, 1, 1), 1, Calendar.of([]))


def test_zero_days_give_the_day_itself_even_a_day_off():
    assert add_workdays(date(2026, 2, 17), 0, CALENDAR) == date(2026, 2, 17)
    assert explain(date(2026, 2, 17), 0, CALENDAR) == ()


def test_days_are_never_counted_backwards():
    with pytest.raises(NegativeDays, match="不能小于0") as refused:
        add_workdays(date(2026, 2, 17), -1, CALENDAR)
    assert refused.value.n == -1


def test_the_last_day_has_none_left_and_the_next_working_day_is_one_over():
    due = date(2026, 3, 6)  # a Friday
    assert remaining(date(2026, 3, 5), due, CALENDAR) == 1
    assert remaining(due, due, CALENDAR) == 0
    assert remaining(date(2026, 3, 8), due, CALENDAR) == 0
    assert remaining(date(2026, 3, 9), due, CALENDAR) == -1


def test_each_day_says_in_words_why_it_counts_or_not():
    told = {day.day: day for day in explain(date(2026, 2, 12), 3, CALENDAR)}
    assert told[date(2026, 2, 13)].why == "第1个工作日"
    assert told[date(2026, 2, 14)].why == "调休上班（春节），第2个工作日"
    assert told[date(2026, 2, 15)].why == "春节放假，不计入"
    assert told[date(2026, 2, 24)].why == "第3个工作日"
    assert explain(date(2026, 3, 6), 1, CALENDAR)[0].why == "周末，不计入"
    assert [told[date(2026, 2, n)].kind for n in (13, 14, 15)] == [
        DayKind.WORKDAY,
        DayKind.ADJUSTED,
        DayKind.HOLIDAY,
    ]


def test_a_year_added_by_an_administrator_is_counted_and_the_old_calendar_stays():
    notice = Notice("国务院办公厅关于2027年部分节假日安排的通知", None)
    added = CalendarYear(2027, (notice,), {date(2027, 1, 1): "元旦"}, {})
    wider = CALENDAR.with_year(added)
    assert add_workdays(date(2026, 12, 31), 1, wider) == date(2027, 1, 4)
    assert 2027 not in CALENDAR.years


def test_a_corrected_year_replaces_the_earlier_version():
    corrected = CalendarYear(2026, CALENDAR.year(2026).notices, {}, {})
    assert is_workday(date(2026, 1, 1), CALENDAR.with_year(corrected))
    assert add_workdays(date(2025, 12, 31), 1, CALENDAR.with_year(corrected)) == date(2026, 1, 1)
    assert not is_workday(date(2026, 1, 1), CALENDAR)


def test_the_last_days_of_december_may_move_until_the_next_notice_is_known():
    assert may_still_change(date(2026, 12, 25), CALENDAR)
    assert not may_still_change(date(2026, 12, 24), CALENDAR)
    assert not may_still_change(date(2025, 12, 28), CALENDAR)

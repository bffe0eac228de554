"""Ages, months and periods: the edges on which money depends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.foundation.kernel.periods import Month, PeriodError, age_on, years_before

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
months = st.builds(Month, st.integers(1900, 2100), st.integers(1, 12))


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(1966, 3, 9), date(2026, 3, 8), 59),
        (date(1966, 3, 9), date(2026, 3, 9), 60),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
        (date(2026, 5, 1), date(2026, 5, 1), 0),
        (date(2026, 5, 1), date(2026, 4, 30), -1),
    ],
)
def test_the_birthday_itself_completes_the_year(born, on, age):
    assert age_on(born, on) == age


@given(days, days, st.integers(0, 110))
def test_whoever_was_born_by_that_day_has_the_age(born, on, years):
    assert (age_on(born, on) >= years) == (born <= years_before(on, years))


def test_the_years_before_a_leap_day_end_on_28_february():
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
    assert years_before(date(2024, 2, 29), 4) == date(2020, 2, 29)


@pytest.mark.parametrize("text", ["2026-02", "2026-2", "2026年2月", "202602", " 2026-02 "])
def test_a_month_is_read_as_people_write_it(text):
    assert Month.read(text) == Month(2026, 2)


@pytest.mark.parametrize("text", ["2026", "2026-13", "二月", "2026-00", "0000-01"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(PeriodError, match="2026-02"):
        Month.read(text)


def test_a_month_knows_its_days():
    february = Month.of(date(2024, 2, 11))
    assert (february.first, february.last) == (date(2024, 2, 1), date(2024, 2, 29))
    assert Month(2025, 12).last == date(2025, 12, 31)
    assert date(2024, 2, 29) in february
    assert date(2025, 2, 1) not in february
    assert str(february) == "2024-02"


@given(months, st.integers(-600, 600))
def test_months_forward_and_back_meet(month, n):
    later = month.plus(n)
    assert later.plus(-n) == month
    assert month.until(later) == n
    assert (later > month) == (n > 0)


@given(months)
def test_the_day_after_the_last_is_the_next_months_first(month):
    assert month.last + timedelta(days=1) == month.plus(1).first

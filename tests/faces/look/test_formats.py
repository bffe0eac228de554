"""Figures, dates and spans, to the letter."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from yangguang.faces.look import formats

TUESDAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def chinese() -> object:
    """Read as a Chinese officer does, unless a test says otherwise."""
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (123450, "1,234.50"),
        (120000000, "1,200,000.00"),
        (-85001, "−850.01"),
        (None, "—"),
    ],
)
def test_money_is_yuan_to_the_fen(fen: int | None, text: str) -> None:
    assert formats.money(fen) == text


@pytest.mark.parametrize(
    ("fen", "text"), [(123450, "1,235"), (123449, "1,234"), (50, "1"), (-49, "0"), (None, "—")]
)
def test_yuan_in_a_list_is_whole_with_halves_up(fen: int | None, text: str) -> None:
    assert formats.yuan(fen) == text


def test_a_great_sum_is_in_wan_for_chinese_and_in_millions_for_english() -> None:
    assert formats.wan(7_214_600_000) == "7,214.6 万元"
    with translation.override("en"):
        assert formats.wan(7_214_600_000) == "CNY 72.15 million"


def test_scores_points_counts_and_shares() -> None:
    assert formats.score(86.75) == "86.8"
    assert formats.score(100) == "100.0"
    assert formats.points(-31.484) == "−31.48"
    assert formats.points(-0.001) == "0.00"
    assert formats.thousands(84498) == "84,498"
    assert formats.percent(0.9996, 2) == "99.96%"
    assert formats.percent(0.37) == "37%"


@pytest.mark.parametrize(
    "write", [formats.score, formats.points, formats.thousands, formats.percent, formats.day]
)
def test_what_is_not_known_is_a_dash_and_never_a_nought(write: object) -> None:
    assert callable(write)
    assert write(None) == "—"


def test_dates_in_chinese() -> None:
    assert formats.date(TUESDAY) == "2026年11月24日 周二"
    assert formats.day(TUESDAY) == "2026年11月24日"
    assert formats.short_date(date(2026, 12, 6)) == "12月6日 周日"
    assert formats.month(TUESDAY) == "2026年11月"


def test_dates_in_english() -> None:
    with translation.override("en"):
        assert formats.date(TUESDAY) == "Tue 24 Nov 2026"
        assert formats.day(TUESDAY) == "24 Nov 2026"
        assert formats.short_date(date(2026, 12, 6)) == "Sun 6 Dec"
        assert formats.month(TUESDAY) == "Nov 2026"


def test_a_moment_is_told_in_the_time_of_jinan() -> None:
    late = datetime(2026, 11, 24, 18, 5, tzinfo=UTC)
    assert formats.moment(late) == "2026年11月25日 周三 02:05"
    assert formats.clock(late) == "02:05"
    assert formats.relative(late, on=TUESDAY) == "1天后"


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (None, "从未"),
        (date(2026, 11, 24), "今天"),
        (date(2026, 11, 23), "1天前"),
        (date(2026, 11, 13), "11天前"),
        (date(2026, 10, 25), "30天前"),
        (date(2026, 10, 24), "1个月前"),
        (date(2026, 8, 24), "3个月前"),
        (date(2026, 8, 25), "2个月前"),
        (date(2025, 11, 25), "11个月前"),
        (date(2025, 11, 24), "1年前"),
        (date(2011, 6, 14), "15年前"),
        (date(2026, 11, 27), "3天后"),
        (date(2026, 12, 24), "1个月后"),
        (date(2028, 11, 24), "2年后"),
    ],
)
def test_a_distance_is_in_days_then_whole_months_then_whole_years(
    when: date | None, text: str
) -> None:
    assert formats.relative(when, on=TUESDAY) == text


@pytest.mark.parametrize(
    ("workdays", "text", "tone"),
    [
        (18, "剩余 18 个工作日", "quiet"),
        (6, "剩余 6 个工作日", "quiet"),
        (5, "剩余 5 个工作日", "warn"),
        (0, "今天到期", "warn"),
        (-1, "逾期 1 个工作日", "stop"),
    ],
)
def test_a_deadline_says_its_working_days_and_its_tone(workdays: int, text: str, tone: str) -> None:
    assert formats.remaining(workdays) == text
    assert formats.due_tone(workdays) == tone


@pytest.mark.parametrize(
    ("value", "mark", "fill", "place"),
    [
        (86.8, 87.4, "86.8%", "87.4%"),
        (0, 0, "0.0%", "0.0%"),
        (104, 130, "100.0%", "100.0%"),
        (-3, None, "0.0%", None),
        (None, 50, "0.0%", "50.0%"),
        (33.35, 33.349, "33.4%", "33.3%"),
    ],
)
def test_a_bar_ends_at_its_value_and_never_leaves_its_track(
    value: float | None, mark: float | None, fill: str, place: str | None
) -> None:
    assert formats.bar(value, mark) == (fill, place)


def test_data_in_a_page_cannot_end_the_element_it_stands_in() -> None:
    text = formats.as_json({"name": "</script><b>&王"})
    assert "<" not in text
    assert "&" not in text
    assert "王" in text

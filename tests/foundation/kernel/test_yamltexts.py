"""A text from outside is refused in words before anything is built of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from yangguang.aid.index.rules.reading import Curve
from yangguang.aid.index.rules.reading import read as read_model
from yangguang.foundation.kernel.calendars import SHIPPED, CalendarError, read_year
from yangguang.foundation.kernel.policyfiles import read
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.kernel.workdays import CalendarYear
from yangguang.foundation.kernel.yamltexts import DEEPEST, MOST_BYTES, Fault, first_fault

NASTY = {
    "brackets": ("\n" + "[" * 30_000, "第2行", "层"),
    "dashes": ("- " * 30_000, "第1行", "层"),
    "size": ("a: " + "x" * MOST_BYTES, "第1行", "256KB"),
    "names": ("a: &a [x]\nb: *a", "第1行", "引用"),
    "itself": ("&a [*a]", "第1行", "引用"),
    "tag": ("a: 1\nb: !!int x", "第2行", "标记"),
}


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize(
    "reads",
    [
        lambda text: read_year(text, "x.yaml"),
        lambda text: read(text, "x.yaml", CalendarYear),
        lambda text: read_model(text, Curve),
    ],
)
def test_every_reader_refuses_a_text_that_would_end_the_process_or_swell(
    reads: Callable[[str], object], nasty: str
) -> None:
    text, *told = NASTY[nasty]
    with pytest.raises(Refusal) as refused:
        reads(text)
    assert all(word in str(refused.value) for word in told)


def test_as_many_levels_as_are_allowed_are_read() -> None:
    assert first_fault("[" * DEEPEST + "]" * DEEPEST) is None
    assert first_fault("[" * (DEEPEST + 1)) == Fault(1, "层数超过20层")


@pytest.mark.parametrize("path", sorted(SHIPPED.parent.rglob("*.yaml")), ids=lambda path: path.name)
def test_no_shipped_file_has_a_fault(path: Path) -> None:
    assert first_fault(path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize(
    ("year", "holiday"),
    [
        ("9" * 5000, "{name: 元旦, from: 2027-01-01, to: 2027-01-01}"),
        ("99999", "{name: 元旦, from: 2027-01-01, to: 2027-01-01}"),
        ("0001-99-99", "{name: 元旦, from: 2027-01-01, to: 2027-01-01}"),
        (".inf", "{name: 元旦, from: 2027-01-01, to: 2027-01-01}"),
        ("2027", "{name: 元旦, from: 0001-01-01, to: 9999-12-31}"),
        ("2027", "{name: 元旦, from: 2027-02-30, to: 2027-02-30}"),
        ("2027", "{name: 元旦, from: 0001-01-01T00:00:00+23:59, to: 2027-01-01}"),
    ],
)
def test_a_year_or_day_that_cannot_be_is_refused_in_words(year: str, holiday: str) -> None:
    text = f"year: {year}\nnotices: [{{title: 通知, number: null}}]\nholidays: [{holiday}]\n"
    with pytest.raises(CalendarError):
        read_year(text + "workdays: []\n", "x.yaml")

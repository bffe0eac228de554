"""The policy library over HTTP: versions in words, and a working calendar more."""

from datetime import date

import pytest

from tests.faces.desk.conftest import LogIn
from yangguang.foundation.catalogue.queries import calendar, policies
from yangguang.foundation.catalogue.types import PolicyKind, PolicyVersion

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

NEXT = """year: 2027
notices:
  - {title: 测试用通知, number: null}
holidays:
  - {name: 元旦, from: 2027-01-01, to: 2027-01-03}
workdays: []
"""


def place(version: PolicyVersion) -> str:
    """Give the address of a version."""
    area = version.area_code or "nation"
    return f"/policies/{version.kind}/{version.key}/{area}/{version.valid_from}/"


@pytest.mark.parametrize("kind", list(PolicyKind))
def test_every_version_of_a_kind_is_read_in_words(log_in: LogIn, kind: PolicyKind) -> None:
    clerk = log_in("village_clerk", "370112001001")
    listed = clerk.get(f"/policies/?kind={kind}").text
    for version in policies(kind):
        assert version.title in listed
        answer = clerk.get(place(version))
        assert answer.status_code == 200
        assert version.digest in answer.text


@pytest.mark.requirement(55)
def test_a_year_of_working_days_is_added_by_the_city_and_counts_from_then_on(
    log_in: LogIn,
) -> None:
    city = log_in("city_officer", "370100000000")
    assert 2027 not in calendar().years
    answer = city.post("/policies/calendar/new/", {"text": NEXT}, follow=True)
    assert "2027年工作日历" in answer.text
    assert 2027 in calendar().years
    assert calendar().years[2027].holidays[date(2027, 1, 1)] == "元旦"
    again = city.post("/policies/calendar/new/", {"text": NEXT})
    assert again.status_code == 422
    assert "已经有了" in again.text


def test_a_wrong_calendar_is_refused_in_words_and_the_text_stays(log_in: LogIn) -> None:
    wrong = NEXT.replace("to: 2027-01-03", "to: 2026-12-30")
    answer = log_in("city_officer", "370100000000").post("/policies/calendar/new/", {"text": wrong})
    assert answer.status_code == 422
    assert "有误" in answer.text
    assert "测试用通知" in answer.text


def test_nobody_but_the_city_adds_a_calendar(log_in: LogIn) -> None:
    planner = log_in("county_planner", "370112000000")
    assert planner.post("/policies/calendar/new/", {"text": NEXT}).status_code == 403


def test_a_version_goes_out_as_the_file_it_loads_from(log_in: LogIn) -> None:
    version = policies(PolicyKind.REVIEW_CYCLE)[0]
    answer = log_in("village_clerk", "370112001001").get(place(version) + "file/")
    assert "kind: review_cycle" in answer.text


@pytest.mark.parametrize("day", ["2026-13-01", "1999-01-01"])
def test_a_version_that_never_was_is_not_found(log_in: LogIn, day: str) -> None:
    clerk = log_in("village_clerk", "370112001001")
    assert clerk.get(f"/policies/calendar/2026/nation/{day}/").status_code == 404

"""Service bodies and areas over HTTP: six haves, upkeep, names."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.faces.desk.conftest import LogIn
from yangguang.foundation.divisions.actions.bodies import open_body
from yangguang.foundation.divisions.queries import area, body
from yangguang.foundation.divisions.types import BodyFacts, BodyKind
from yangguang.foundation.walls.context import acting, system

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

TOWN = "370112001000"


@pytest.fixture
def station() -> int:
    """Open a station that has nothing but a name."""
    facts = BodyFacts(
        kind=BodyKind.STATION, area_code=TOWN, name="山大路救助服务站", opened_date=date(2011, 9, 1)
    )
    with acting(system("3701")) as by:
        return open_body(facts, by=by, at=timezone.now())


GIVEN = {
    "name": "山大路救助服务站", "address": "山大路1号", "office_area": "40", "windows": "2",
    "staff": "3", "computers": "2", "vehicles": "0", "phone": "0531-12345678",
    "rules_posted": "on", "responsible": "周岚", "budget": "15000.50",
}  # fmt: skip


@pytest.mark.requirement(4)
def test_what_a_station_lacks_of_the_six_is_told(log_in: LogIn, station: int) -> None:
    reviewer = log_in("township_reviewer", TOWN)
    reviewer.get("/bodies/")
    with CaptureQueriesContext(connection) as asked:
        answer = reviewer.get("/bodies/")
    for have in ("办公场所", "服务窗口", "工作人员", "专用计算机", "监督服务电话", "规章制度"):
        assert f"缺{have}" in answer.text
    assert len(asked) <= 12, [one["sql"][:120] for one in asked]


def test_a_station_kept_up_has_all_six(log_in: LogIn, station: int) -> None:
    reviewer = log_in("township_reviewer", TOWN)
    answer = reviewer.post(f"/bodies/{station}/", GIVEN, follow=True)
    assert "已保存" in answer.text
    kept = body(station)
    assert kept is not None
    assert kept.missing == ()
    assert kept.facts.yearly_budget_fen == 1500050


def test_a_wrong_figure_is_told_and_nothing_is_kept(log_in: LogIn, station: int) -> None:
    reviewer = log_in("township_reviewer", TOWN)
    assert reviewer.post(f"/bodies/{station}/", GIVEN | {"staff": "-1"}).status_code == 422
    kept = body(station)
    assert kept is not None
    assert kept.facts.staff == 0


def test_another_town_s_station_is_not_found(log_in: LogIn, station: int) -> None:
    other = log_in("township_reviewer", "370112002000")
    assert other.get(f"/bodies/{station}/").status_code == 404
    assert other.get(f"/bodies/?area={TOWN}").status_code == 404


def test_a_planner_reads_the_bodies_and_changes_none(log_in: LogIn, station: int) -> None:
    planner = log_in("county_planner", "370112000000")
    assert planner.get("/bodies/").status_code == 200
    assert planner.post(f"/bodies/{station}/", GIVEN).status_code == 403


@pytest.mark.requirement(3)
def test_the_leading_group_and_its_units_are_listed(log_in: LogIn) -> None:
    answer = log_in("county_planner", "370112000000").get("/bodies/organisations/")
    assert answer.text.count("成员单位</td>") >= 30


def test_an_area_renamed_by_the_city_keeps_its_former_name(log_in: LogIn) -> None:
    given = {"name": "新山大路街道", "on": "2026-11-01", "reference": "济政字2026年第1号"}
    before = area(TOWN)
    assert before is not None
    reviewer = log_in("township_reviewer", TOWN)
    assert reviewer.post(f"/bodies/areas/{TOWN}/rename/", given).status_code == 403
    city = log_in("city_officer", "370100000000")
    answer = city.post(f"/bodies/areas/{TOWN}/rename/", given, follow=True)
    assert "新山大路街道" in answer.text
    assert before.name in answer.text

"""The pages of plans over HTTP: the slider, the list, changes by hand, two people, one's area."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.aid.paying import COUNTY, ITEM
from tests.aid.paying import families as planned_for
from tests.faces.desk.conftest import LogIn
from yangguang.aid.plans.models import Plan, PlanLine
from yangguang.aid.plans.types import PlanStatus
from yangguang.families.registry.models import Household
from yangguang.foundation.audit.models import Record
from yangguang.foundation.walls.context import acting, system

pytestmark = pytest.mark.slow

ASKED = {
    "title": "冬季救助",
    "item_code": ITEM,
    "area_code": COUNTY,
    "type": "",
    "rule": "fixed",
    "value": "100",
    "budget_fen": "350",
}


@pytest.fixture
def ranked(db: None) -> list[Household]:
    """Rank eight families of the county."""
    with acting(system("3701")):
        return planned_for(8)


@pytest.fixture
def planner(ranked: list[Household], log_in: LogIn) -> Client:
    """Log in whoever draws plans of the county."""
    return log_in("county_planner", COUNTY)


def drawn(planner: Client) -> Plan:
    answer = planner.post("/plans/new/", ASKED)
    assert answer.status_code == 302, answer.text
    with acting(system("3701")):
        return Plan.objects.get(pk=int(answer["Location"].strip("/").split("/")[-1]))


def state(plan: Plan) -> PlanStatus:
    with acting(system("3701")):
        plan.refresh_from_db()
    return PlanStatus(plan.status)


def lines(plan: Plan) -> list[PlanLine]:
    with acting(system("3701")):
        return list(plan.lines.order_by("position"))


@pytest.mark.requirement(48)
def test_the_slider_is_answered_with_the_line_and_how_far_down_the_need_it_reaches(
    planner: Client,
) -> None:
    htmx = {"HX-Request": "true", "HX-Target": "line"}
    answer = planner.get("/plans/try/", ASKED, headers=htmx)
    assert "<html" not in answer.text
    assert "救助 3 户，共 300.00 元，余 50.00 元" in answer.text
    assert "全部家庭都纳入约需 800.00 元" in answer.text
    assert 'data-range-of="id_budget_fen" data-max="800" data-step="5"' in answer.text
    assert "极度困难" in answer.text
    assert "占 50.0%" in answer.text
    with acting(system("3701")):
        assert not Plan.objects.exists()


def test_a_budget_that_is_no_number_is_said_and_nothing_is_drawn(planner: Client) -> None:
    answer = planner.post("/plans/new/", ASKED | {"budget_fen": "很多"})
    assert answer.status_code == 422
    assert "预算（元）" in answer.text
    with acting(system("3701")):
        assert not Plan.objects.exists()


def test_a_trial_that_cannot_be_read_says_so_in_the_place_of_the_old_one(planner: Client) -> None:
    htmx = {"HX-Request": "true", "HX-Target": "line"}
    answer = planner.get("/plans/try/", ASKED | {"value": "-5"}, headers=htmx)
    assert "还不能试算" in answer.text
    assert "每户或每人金额" in answer.text


def test_the_form_says_why_entitlements_are_not_offered(planner: Client) -> None:
    page = planner.get("/plans/new/").text
    offered = page[page.index('name="item_code"') : page.index('name="area_code"')]
    assert "低保" not in offered
    assert "应保尽保" in page
    assert "城市居民最低生活保障" in page.split("应保尽保")[1]


@pytest.mark.requirement(49)
def test_a_plan_becomes_final_by_two_people_alone(planner: Client, log_in: LogIn) -> None:
    plan = drawn(planner)
    planner.post(f"/plans/{plan.pk}/change/submit/")
    assert planner.post(f"/plans/{plan.pk}/decide/approve/").status_code == 403
    assert state(plan) is PlanStatus.SUBMITTED
    approver = log_in("county_approver", COUNTY)
    assert "审批通过" in approver.get(f"/plans/{plan.pk}/").text
    approver.post(f"/plans/{plan.pk}/decide/return/", {"reason": "先核实第一户"})
    assert "先核实第一户" in planner.get(f"/plans/{plan.pk}/").text
    planner.post(f"/plans/{plan.pk}/change/submit/")
    approver.post(f"/plans/{plan.pk}/decide/approve/")
    assert state(plan) is PlanStatus.APPROVED
    page = planner.get(f"/plans/{plan.pk}/").text
    assert "制作发放批次" in page
    assert "移出" not in page


def test_a_family_is_moved_by_hand_only_with_a_reason(planner: Client) -> None:
    plan = drawn(planner)
    first = lines(plan)[0].household_number
    move = f"/plans/{plan.pk}/move/remove/"
    refused = planner.post(move, {"number": first, "reason": "  "})
    assert refused.status_code == 409
    assert "没有填写理由" in refused.text
    assert "资金截止线附近" in refused.text
    assert lines(plan)[0].is_included
    assert planner.post(move, {"number": first, "reason": "长" * 201}).status_code == 409
    assert "请填写" in planner.post(f"/plans/{plan.pk}/move/add/", {"reason": "x"}).text
    assert planner.post(move, {"number": first, "reason": "户主已就业"}).status_code == 302
    assert not lines(plan)[0].is_included
    page = planner.get(f"/plans/{plan.pk}/").text
    assert "户主已就业" in page
    assert f"户编号{first}已移出名单" in page
    whole = planner.get(f"/plans/{plan.pk}/lines/").text
    assert "户主已就业" in whole


def test_another_budget_draws_the_list_anew(planner: Client) -> None:
    plan = drawn(planner)
    assert planner.post(f"/plans/{plan.pk}/budget/", {"budget": "一百"}).status_code == 409
    assert state(plan) is PlanStatus.DRAFT
    planner.post(f"/plans/{plan.pk}/budget/", {"budget": "620"})
    assert sum(line.is_included for line in lines(plan)) == 6


def test_the_whole_list_is_paged_and_the_overlaps_have_their_own_page(planner: Client) -> None:
    plan = drawn(planner)
    whole = planner.get(f"/plans/{plan.pk}/lines/").text
    assert all(line.household_number in whole for line in lines(plan) if line.is_included)
    last = max(line.position for line in lines(plan) if line.is_included)
    assert "名单是空的" in planner.get(f"/plans/{plan.pk}/lines/", {"after": last}).text
    assert planner.get(f"/plans/{plan.pk}/lines/", {"after": "三"}).status_code == 200
    assert "没有其他部门的同类救助" in planner.get(f"/plans/{plan.pk}/overlaps/").text


def test_a_list_taken_away_says_who_took_it_and_is_a_record(planner: Client) -> None:
    plan = drawn(planner)
    answer = planner.post(f"/plans/{plan.pk}/export/")
    assert plan.number in answer["Content-Disposition"]
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][:2] == ("名次", "户编号")
    assert len(rows) == 4
    assert sum(Decimal(str(row[6])) for row in rows[1:]) == 300
    assert {row[9] for row in rows[1:]} == {"周岚"}
    with acting(system("3701")):
        assert Record.objects.filter(verb="plans.export_list", object_key=plan.number).count() == 1


@pytest.mark.requirement(44)
def test_a_plan_of_another_county_is_not_there(planner: Client, log_in: LogIn) -> None:
    plan = drawn(planner)
    stranger = log_in("county_planner", "370102000000")
    for place in ("", "lines/", "overlaps/"):
        assert stranger.get(f"/plans/{plan.pk}/{place}").status_code == 404
    for place in ("change/submit/", "change/redraw/", "move/add/", "budget/", "export/"):
        assert stranger.post(f"/plans/{plan.pk}/{place}").status_code == 404
    approver = log_in("county_approver", "370102000000")
    assert approver.post(f"/plans/{plan.pk}/decide/approve/").status_code == 404
    assert plan.number not in stranger.get("/plans/").text
    assert state(plan) is PlanStatus.DRAFT

"""A long list is asked for by one, let go by another, and taken once within a day."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.aid.paying import COUNTY, ITEM
from tests.aid.paying import families as planned_for
from tests.faces.desk.conftest import LogIn
from yangguang.aid.plans import rules
from yangguang.aid.plans.actions import draw_plan, export_list
from yangguang.aid.plans.models import ExportRequest, Plan
from yangguang.aid.plans.rules import Amount, SecondPersonNeeded
from yangguang.aid.plans.types import AmountRule
from yangguang.foundation.audit.models import Record
from yangguang.foundation.walls.context import Actor, acting, system

pytestmark = pytest.mark.slow

REASON = {"reason": "送区财政局核对，一周后销毁"}


@pytest.fixture
def plan(db: None) -> Plan:
    """Draw a plan of three families."""
    with acting(system("3701")):
        planned_for(8)
        by = Actor(id=900, name="拟定人", role="county_planner", scope="370112")
        return draw_plan(
            ITEM, area_code=COUNTY, type=None, amount=Amount(AmountRule.FIXED, 10_000, 0, 0),
            budget_fen=35_000, title="冬季救助", by=by, at=timezone.now(),
        )  # fmt: skip


@pytest.fixture
def long_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Call a list of more than two rows long."""
    monkeypatch.setattr(rules, "MOST_ROWS", 2)


@pytest.fixture
def asker(log_in: LogIn) -> Client:
    return log_in("county_planner", COUNTY, who="a")


@pytest.fixture
def second(log_in: LogIn) -> Client:
    return log_in("county_approver", COUNTY)


def request_of(plan: Plan) -> ExportRequest:
    with acting(system("3701")):
        return ExportRequest.objects.filter(key=plan.pk).latest("id")


def asked(client: Client, plan: Plan) -> ExportRequest:
    assert client.post(f"/exports/ask/plan_list/{plan.pk}/", REASON).status_code == 302
    return request_of(plan)


def test_the_limit_is_five_hundred_rows() -> None:
    assert (rules.needs_second(500), rules.needs_second(501)) == (False, True)


def test_a_short_list_is_given_at_once(plan: Plan, asker: Client) -> None:
    answer = asker.post(f"/plans/{plan.pk}/export/")
    assert plan.number in answer["Content-Disposition"]
    assert asker.post(f"/exports/ask/plan_list/{plan.pk}/", REASON).status_code == 409


@pytest.mark.usefixtures("long_lists")
def test_a_long_list_is_taken_once_after_another_person_s_consent(
    plan: Plan, asker: Client, second: Client
) -> None:
    refused = asker.post(f"/plans/{plan.pk}/export/")
    assert refused["Location"] == f"/exports/ask/plan_list/{plan.pk}/"
    made = asked(asker, plan)
    assert asker.post(f"/exports/{made.pk}/grant/").status_code == 409
    assert REASON["reason"] in second.get("/exports/").text
    assert second.post(f"/exports/{made.pk}/grant/").status_code == 302
    assert f"/plans/{plan.pk}/export/" in asker.get("/exports/").text
    assert f"/plans/{plan.pk}/export/" not in second.get("/exports/").text
    assert plan.number in asker.post(f"/plans/{plan.pk}/export/")["Content-Disposition"]
    assert asker.post(f"/plans/{plan.pk}/export/").status_code == 302
    assert second.post(f"/plans/{plan.pk}/export/").status_code == 302
    with acting(system("3701")):
        verbs = Record.objects.filter(object_kind="export", object_key=str(made.pk))
        assert list(verbs.order_by("id").values_list("verb", flat=True)) == [
            "plans.ask_export",
            "plans.grant_export",
        ]
        assert Record.objects.filter(verb="plans.export_list").count() == 1


@pytest.mark.usefixtures("long_lists")
def test_a_declined_request_gives_nothing_and_says_why(
    plan: Plan, asker: Client, second: Client
) -> None:
    made = asked(asker, plan)
    assert second.post(f"/exports/{made.pk}/decline/").status_code == 409
    assert second.post(f"/exports/{made.pk}/decline/", {"reason": "用途不清"}).status_code == 302
    assert "用途不清" in asker.get("/exports/").text
    assert asker.post(f"/plans/{plan.pk}/export/").status_code == 302
    assert second.post(f"/exports/{made.pk}/grant/").status_code == 409


@pytest.mark.usefixtures("long_lists")
def test_consent_lapses_after_a_day_and_does_not_cover_a_longer_list(
    plan: Plan, asker: Client, second: Client
) -> None:
    made = asked(asker, plan)
    second.post(f"/exports/{made.pk}/grant/")
    with acting(system("3701")):
        by = Actor(made.asked_by, "周岚", "county_planner", "370112")
        granted_at = request_of(plan).decided_at
        with pytest.raises(SecondPersonNeeded):
            export_list(plan.pk, by=by, at=granted_at + timedelta(hours=24))
        Plan.objects.filter(pk=plan.pk).update(families_count=plan.families_count + 1)
        with pytest.raises(SecondPersonNeeded, match="增加"):
            export_list(plan.pk, by=by, at=granted_at + timedelta(hours=23))


@pytest.mark.usefixtures("long_lists")
def test_a_request_is_not_there_for_another_county_and_needs_a_purpose(
    plan: Plan, asker: Client, log_in: LogIn
) -> None:
    assert asker.post(f"/exports/ask/plan_list/{plan.pk}/", {}).status_code == 422
    made = asked(asker, plan)
    stranger = log_in("county_approver", "370102000000")
    assert REASON["reason"] not in stranger.get("/exports/").text
    assert stranger.post(f"/exports/{made.pk}/grant/").status_code == 404
    assert stranger.get(f"/exports/ask/plan_list/{plan.pk}/").status_code == 404
    assert asker.get(f"/exports/ask/salaries/{plan.pk}/").status_code == 404
    assert request_of(plan).decided_by is None

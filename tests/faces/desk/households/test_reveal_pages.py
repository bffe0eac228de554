"""The dialog that asks for a reason, and the one answer that shows a value."""

import re

import pytest
from django.test import Client

from tests.faces.desk.conftest import LogIn
from yangguang.faces.desk.sessions import FACTOR
from yangguang.families.registry.models import Household, Reveal
from yangguang.foundation.audit.models import Record
from yangguang.foundation.walls.context import acting, system

pytestmark = pytest.mark.slow

COUNTY = "370112000000"
DIALOG = {"HX-Request": "true", "HX-Target": "reveal"}
REASON = {"purpose": "contact_family", "words": "约定入户时间"}


def reveals() -> int:
    with acting(system("3701")):
        return Reveal.objects.count()


@pytest.fixture
def planner(log_in: LogIn) -> Client:
    return log_in("county_planner", COUNTY)


def test_the_file_offers_each_masked_value_to_who_may_see_it(
    families: list[Household], planner: Client, log_in: LogIn
) -> None:
    address = f"/households/{families[0].pk}/"
    offered = set(re.findall(r'hx-get="([^"]+/reveal/\w+/)"', planner.get(address).text))
    assert f"{address}reveal/phone_number/" in offered
    assert f"{address}members/{families[0].head_id}/reveal/identity_number/" in offered
    for role in ("supervisor", "county_payer"):
        assert "/reveal/" not in log_in(role, COUNTY).get(address).text
    clerk = log_in("village_clerk", families[0].area_id).get(address).text
    assert re.findall(r'hx-get="([^"]+/reveal/\w+/)"', clerk) == [f"{address}reveal/phone_number/"]


def test_a_value_is_shown_on_one_answer_for_a_reason_and_never_kept(
    families: list[Household], planner: Client
) -> None:
    address = f"/households/{families[0].pk}/reveal/phone_number/"
    asked = planner.get(address, headers=DIALOG)
    assert "13805310000" not in asked.text
    shown = planner.post(address, REASON, headers=DIALOG)
    assert "13805310000" in shown.text
    assert "<html" not in shown.text
    assert "no-store" in shown["Cache-Control"]
    assert "13805310000" not in planner.get(address, headers=DIALOG).text
    assert "13805310000" not in planner.get(f"/households/{families[0].pk}/").text
    assert reveals() == 1
    with acting(system("3701")):
        assert Record.objects.filter(verb="registry.reveal").count() == 1


def test_without_a_reason_nothing_is_shown_and_nothing_is_kept(
    families: list[Household], planner: Client
) -> None:
    address = f"/households/{families[0].pk}/reveal/phone_number/"
    for sent in ({}, {**REASON, "words": "看看"}, {**REASON, "purpose": "curious"}):
        answer = planner.post(address, sent, headers=DIALOG)
        assert answer.status_code == 422
        assert "13805310000" not in answer.text
    assert reveals() == 0


def test_a_stale_second_factor_leads_to_the_page_that_asks_for_a_code(
    families: list[Household], planner: Client
) -> None:
    session = planner.session
    session[FACTOR] = 0
    session.save()
    address = f"/households/{families[0].pk}/reveal/phone_number/"
    from_file = {**DIALOG, "HX-Current-URL": f"http://testserver/households/{families[0].pk}/"}
    for answer in (
        planner.get(address, headers=from_file),
        planner.post(address, REASON, headers=from_file),
    ):
        assert answer["HX-Redirect"] == f"/confirm/?next=%2Fhouseholds%2F{families[0].pk}%2F"
        assert "13805310000" not in answer.text
    assert reveals() == 0


def test_a_clerk_is_refused_a_number_and_another_area_finds_nothing(
    families: list[Household], log_in: LogIn
) -> None:
    family = families[0]
    number = f"/households/{family.pk}/members/{family.head_id}/reveal/identity_number/"
    clerk = log_in("village_clerk", family.area_id)
    assert clerk.get(number).status_code == 403
    assert clerk.post(number, REASON).status_code == 403
    other = log_in("county_planner", "370102000000")
    assert other.post(number, REASON).status_code == 404
    assert reveals() == 0


@pytest.mark.parametrize("what", ["reveal/identity_number/", "reveal/salary/"])
def test_what_cannot_be_asked_for_like_this_is_not_found(
    families: list[Household], planner: Client, what: str
) -> None:
    assert planner.get(f"/households/{families[0].pk}/{what}").status_code == 404


def test_without_a_script_the_same_is_a_page(families: list[Household], planner: Client) -> None:
    address = f"/households/{families[0].pk}/reveal/phone_number/"
    assert "<html" in planner.get(address).text
    assert "13805310000" in planner.post(address, REASON).text

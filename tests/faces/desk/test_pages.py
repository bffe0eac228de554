"""The desk's pages as people meet them: the way in, the ranking, a household."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.faces.desk.conftest import LogIn
from yangguang.aid.index.queries import page
from yangguang.families.registry.models import Household
from yangguang.foundation.walls.context import acting, system

pytestmark = pytest.mark.slow

COUNTY = "370112000000"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/ranking/", "/search/", "/households/1/", "/photos/1/thumb/", "/households/register/"],
)
def test_a_stranger_is_led_to_the_log_in_and_back(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/?next=%2F")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/login/"])
def test_a_demonstration_without_a_city_still_opens(
    client: Client, settings: pytest.FixtureRequest, address: str
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_nobody_logs_in_by_a_click_outside_a_demonstration(
    log_in: LogIn, client: Client, settings: pytest.FixtureRequest
) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    log_in("county_planner", COUNTY)
    client.post("/login/", {"person": f"county_planner-{COUNTY}"})
    assert "_auth_user_id" not in client.session


def test_the_ranking_lists_the_neediest_first_in_eight_queries(
    families: list[Household], log_in: LogIn
) -> None:
    planner = log_in("county_planner", COUNTY)
    planner.get("/ranking/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = planner.get("/ranking/")
    with acting(system("3701")):
        order = [row.household_id for row in page("370112").rows]
    shown = [int(key) for key in re.findall(r'href="/households/(\d+)/"', answer.text)]
    assert sorted(order) == sorted(family.pk for family in families)
    assert shown == order
    assert len(asked) <= 8, [one["sql"][:200] for one in asked]


def test_a_household_tells_why_and_shows_no_number(
    families: list[Household], log_in: LogIn
) -> None:
    answer = log_in("county_planner", COUNTY).get(f"/households/{families[0].pk}/")
    assert answer.status_code == 200
    assert "救助指数的来历" in answer.text
    assert "单秀英" in answer.text
    assert not re.search(r"\d{17}[\dX]", answer.text)


@pytest.mark.parametrize("address", ["/households/{pk}/", "/ranking/?area=370112000000"])
def test_another_area_s_officer_finds_nothing(
    families: list[Household], log_in: LogIn, address: str
) -> None:
    other = log_in("county_planner", "370102000000")
    assert other.get(address.format(pk=families[0].pk)).status_code == 404


@pytest.mark.django_db
def test_a_clerk_may_not_open_the_plans(log_in: LogIn) -> None:
    assert log_in("village_clerk", "370112001001").get("/plans/").status_code == 403

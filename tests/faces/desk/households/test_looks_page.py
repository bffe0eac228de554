"""The family's own access list: who opened the file, who was shown what, and why."""

import re

import pytest

from tests.faces.desk.conftest import LogIn
from yangguang.families.registry.models import Household, Look
from yangguang.foundation.walls.context import acting, system

pytestmark = pytest.mark.slow

COUNTY = "370112000000"


def test_who_opened_the_file_and_who_saw_what_stand_on_its_access_list(
    families: list[Household], log_in: LogIn
) -> None:
    key = families[0].pk
    planner = log_in("county_planner", COUNTY)
    planner.get(f"/households/{key}/")
    planner.post(
        f"/households/{key}/members/{families[0].head_id}/reveal/identity_number/",
        {"purpose": "verify_identity", "words": "入户核对证件"},
    )
    supervisor = log_in("supervisor", COUNTY)
    page = supervisor.get(f"/households/{key}/looks/").text
    for words in ("区（县）方案岗", "监察员", "证件号码", "核对身份", "入户核对证件"):
        assert words in page
    assert not re.search(r"\d{17}[\dX]", page)
    assert f"/households/{key}/looks/" in planner.get(f"/households/{key}/").text


def test_every_way_into_a_file_counts_as_a_look(families: list[Household], log_in: LogIn) -> None:
    key = families[0].pk
    planner = log_in("county_planner", COUNTY)
    for part in ("", "past-year/", "what-if/", "looks/", "change/front/", "reveal/phone_number/"):
        with acting(system("3701")):
            before = Look.objects.count()
        by = log_in("county_planner", COUNTY, who=part[:4])
        by.get(f"/households/{key}/{part}")
        with acting(system("3701")):
            assert Look.objects.count() == before + 1, part
    planner.get("/households/999999/")
    with acting(system("3701")):
        assert Look.objects.exclude(household_id=key).count() == 0

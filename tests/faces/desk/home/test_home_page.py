"""The first page: for strangers of a demonstration, and for those at work."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.faces.desk.conftest import LogIn
from yangguang.families.registry.models import Household
from yangguang.foundation.accounts.actions import appoint
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.walls.context import acting, system

pytestmark = pytest.mark.slow

COUNTY = "370112000000"


@pytest.fixture
def demonstration(families: list[Household], settings: Settings) -> None:
    """Let the demonstration have a city officer."""
    settings.DEMO = True
    with acting(system("3701")) as by:
        appoint(
            "shiji", name="演示戊", role="city_officer",
            area=Area.objects.get(code="370100000000"), from_date=date(2026, 1, 1),
            by=by, at=timezone.now(), is_demo=True,
        )  # fmt: skip


def test_a_stranger_sees_the_head_of_the_ranking_masked(
    demonstration: None, client: Client
) -> None:
    page = client.get("/").text
    assert "演示：济南市困难家庭排序" in page
    assert "单*英" in page
    assert "单秀英" not in page
    assert "/households/" not in page
    village = Area.objects.get(code="370112001001").name
    assert village not in page


def test_a_real_city_shows_a_stranger_nothing(
    demonstration: None, client: Client, settings: Settings
) -> None:
    settings.DEMO = False
    answer = client.get("/")
    assert answer.status_code == 302
    assert answer.content == b""


def test_each_tile_opens_the_list_that_it_counts(families: list[Household], log_in: LogIn) -> None:
    planner = log_in("county_planner", COUNTY)
    page = planner.get("/").text
    tiles = re.findall(r'<a class="card tile[^"]*" href="([^"]+)">.*?figure">([\d,]+)', page)
    assert len(tiles) == 5
    for address, count in tiles:
        listed = planner.get(address.replace("&amp;", "&"))
        assert listed.status_code == 200
        if "/ranking/" in address:
            shown = len(re.findall(r'class="key"><a href="/households/', listed.text))
            assert shown == int(count)


def test_who_may_not_see_plans_is_shown_none(families: list[Household], log_in: LogIn) -> None:
    page = log_in("village_clerk", "370112001001").get("/").text
    assert "待审批方案" not in page
    assert "最近的救助方案" not in page
    assert "登记困难家庭" in page


def test_an_area_without_families_says_what_to_do(db: None, log_in: LogIn) -> None:
    assert "还没有计算过指数的家庭" in log_in("county_planner", "370102000000").get("/").text

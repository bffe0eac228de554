"""The ranking as officers read it: in order, a page at a time, within eight questions."""

import re
from datetime import datetime

import pytest
from django.test import Client

from tests.faces.desk.conftest import LogIn
from tests.faces.desk.wire import FRAMING, asked
from tests.factories.registry import HouseholdFactory
from yangguang.aid.index.actions import catch_up
from yangguang.families.registry.models import Household
from yangguang.foundation.walls.context import acting, system

pytestmark = [pytest.mark.slow, pytest.mark.requirement(45)]

COUNTY = "370112000000"
SWAP = {"HX-Request": "true", "HX-Target": "ranking"}


@pytest.fixture
def planner(families: list[Household], log_in: LogIn) -> Client:
    """Log in as a planner of the county where the families live."""
    return log_in("county_planner", COUNTY)


def households_on(page: str) -> list[int]:
    return [int(key) for key in re.findall(r'class="key"><a href="/households/(\d+)/"', page)]


def ranks_on(page: str) -> list[int]:
    return [int(rank) for rank in re.findall(r'class="rank" data-label="名次">(\d+)<', page)]


def test_a_page_of_the_ranking_asks_eight_questions_at_most(planner: Client) -> None:
    planner.get("/ranking/")
    with asked() as sent:
        planner.get("/ranking/")
    assert 0 < len(sent) <= 8, sent
    with asked() as sent:
        planner.get("/ranking/", {"type": "medical"})
    assert 0 < len(sent) <= 8, sent


def test_what_frames_transactions_is_no_question() -> None:
    assert "SELECT" not in FRAMING


def test_ranks_run_from_one_in_the_order_of_the_families(planner: Client) -> None:
    page = planner.get("/ranking/").text
    assert ranks_on(page) == list(range(1, len(households_on(page)) + 1))


@pytest.mark.requirement(44)
@pytest.mark.parametrize(
    "query", ["", "?type=medical", "?band=watch", "?flag=missed", "?area=370112001000"]
)
def test_what_htmx_swaps_in_is_the_block_of_the_whole_page(planner: Client, query: str) -> None:
    whole = planner.get(f"/ranking/{query}").text
    swapped = planner.get(f"/ranking/{query}", headers=SWAP).text
    assert "<html" not in swapped
    clock = re.compile(r"\d\d:\d\d")
    assert clock.sub("", swapped.strip()) in clock.sub("", whole)


@pytest.mark.requirement(43)
def test_a_band_shows_its_families_alone_and_without_ranks(planner: Client) -> None:
    bands = {}
    for band in ("extreme", "heavy", "moderate", "ordinary", "watch"):
        page = planner.get("/ranking/", {"band": band}).text
        bands[band] = households_on(page)
        assert ranks_on(page) == []
    everybody = households_on(planner.get("/ranking/").text)
    assert sorted(one for many in bands.values() for one in many) == sorted(everybody)


def test_a_list_without_families_says_what_to_do(planner: Client) -> None:
    page = planner.get("/ranking/", {"flag": "overlap"}).text
    assert "没有符合条件的家庭" in page
    assert "看全部家庭" in page


def test_a_hundred_families_a_page_and_the_rank_goes_on(
    db: None, log_in: LogIn, now: datetime
) -> None:
    with acting(system("3701")):
        for place in range(103):
            HouseholdFactory(at=now, address=f"幸福路{place}号")
        catch_up(on=now.date(), at=now)
    planner = log_in("county_planner", COUNTY)
    first = planner.get("/ranking/").text
    onward = re.search(r'rel="next" href="([^"]+)"', first)
    assert onward is not None
    second = planner.get(onward[1].replace("&amp;", "&")).text
    assert (len(households_on(first)), ranks_on(second)) == (100, [101, 102, 103])
    back = re.search(r'rel="prev" href="([^"]+)"', second)
    assert back is not None
    again = planner.get(back[1].replace("&amp;", "&")).text
    assert households_on(again) == households_on(first)
    assert ranks_on(again)[0] == 1


@pytest.mark.requirement(1)
def test_a_village_clerk_sees_the_village_and_nothing_beside(
    families: list[Household], log_in: LogIn
) -> None:
    clerk = log_in("village_clerk", "370112001001")
    assert sorted(households_on(clerk.get("/ranking/").text)) == sorted(f.pk for f in families)
    assert clerk.get("/ranking/", {"area": "370112001000"}).status_code == 404


@pytest.mark.parametrize("query", ["area=12", "area=370112999000", "type=love", "band=x", "flag=x"])
def test_a_list_that_does_not_exist_is_not_found(planner: Client, query: str) -> None:
    assert planner.get(f"/ranking/?{query}").status_code == 404


def test_no_identity_number_stands_on_the_ranking(planner: Client) -> None:
    assert not re.search(r"(?<!\d)\d{17}[\dX](?!\d)", planner.get("/ranking/").text)

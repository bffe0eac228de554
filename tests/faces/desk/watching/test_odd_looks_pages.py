"""The weekly list of looks that ask for an explanation, and the rows behind each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.faces.desk.conftest import LogIn
from yangguang.families.registry.actions.looking import note_look
from yangguang.families.registry.models import Household
from yangguang.foundation.walls.context import Actor, acting, system

pytestmark = pytest.mark.slow

COUNTY = "370112000000"
READER = 4711


@pytest.fixture
def looked(families: list[Household]) -> Household:
    """Let somebody open a family's file on four days of the last week."""
    reader = Actor(id=READER, name="钱多", role="village_clerk", scope="370112001001")
    with acting(system("3701")):
        for days in range(4):
            note_look(families[0].pk, area_code=families[0].area_id, by=reader,
                      at=timezone.now() - timedelta(days=days))  # fmt: skip
    return families[0]


def test_a_supervisor_finds_who_looked_again_and_again_and_the_rows_behind_it(
    looked: Household, log_in: LogIn
) -> None:
    supervisor = log_in("supervisor", COUNTY)
    page = supervisor.get("/looks/").text
    assert "钱多" in page
    assert "反复查阅未办理" in page
    assert looked.number in page
    assert f"/looks/{READER}/?from=" in page
    rows = supervisor.get(f"/looks/{READER}/").text
    assert rows.count(looked.number) == 4
    assert f"/households/{looked.pk}/looks/" in rows


def test_the_audit_administrator_sees_numbers_and_no_family(
    looked: Household, log_in: LogIn
) -> None:
    administrator = log_in("audit_administrator", COUNTY)
    for address in ("/looks/", f"/looks/{READER}/"):
        page = administrator.get(address).text
        assert looked.number in page
        assert "单秀英" not in page
        assert "/households/" not in page


def test_the_week_before_is_another_page(looked: Household, log_in: LogIn) -> None:
    supervisor = log_in("supervisor", COUNTY)
    before = timezone.localdate() - timedelta(days=13)
    page = supervisor.get("/looks/", {"from": before.isoformat()}).text
    assert "没有需要说明的查阅" in page
    assert "钱多" not in page
    assert "钱多" in supervisor.get("/looks/", {"from": "昨天"}).text


def test_another_county_s_supervisor_sees_nothing_of_it(looked: Household, log_in: LogIn) -> None:
    other = log_in("supervisor", "370102000000")
    assert "钱多" not in other.get("/looks/").text
    assert looked.number not in other.get(f"/looks/{READER}/").text

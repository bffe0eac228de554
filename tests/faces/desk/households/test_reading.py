"""The e-file: an index that adds up as shown, and nothing that a page may not show."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client

from tests.faces.desk.conftest import LogIn
from tests.faces.desk.wire import asked
from tests.factories.registry import HouseholdFactory, identity, member
from yangguang.aid.index.actions import catch_up
from yangguang.faces.desk.households.story import VERBS
from yangguang.families import registry
from yangguang.families.registry.models import Household
from yangguang.families.registry.types import Illness, Relation, Sex
from yangguang.foundation.walls.context import acting, system

pytestmark = pytest.mark.slow

COUNTY = "370112000000"
NUMBER = identity(date(1975, 5, 6))
CARD, PHONE, DISEASE = "6223190000000000012", "13805317788", "红斑狼疮"


@pytest.fixture
def officer(families: list[Household], log_in: LogIn) -> Client:
    """Log in as a planner of the county."""
    return log_in("county_planner", COUNTY)


@pytest.fixture
def planted(db: None, now: datetime) -> Household:
    """Register somebody whose number, card, phone and disease are known to the test."""
    head = member("柏秀英", Relation.HEAD, number=NUMBER, born=date(1975, 5, 6), sex=Sex.MALE,
                  illness=Illness.SEVERE, disease=DISEASE)  # fmt: skip
    with acting(system("3701")):
        made = HouseholdFactory(with_card=True, members=(head,), phone=PHONE)
        catch_up(on=now.date(), at=now)
    return made


@pytest.mark.requirement(42)
def test_the_shown_lines_add_up_to_the_shown_index(
    officer: Client, families: list[Household]
) -> None:
    page = officer.get(f"/households/{families[0].pk}/").text
    table = page[page.index("<caption") : page.index("card-foot")]
    figures = [
        round(float(one.replace("−", "-")) * 100)
        for one in re.findall(r'class="num(?: strong)?">(−?[\d.]+)</td></tr>', table)
    ]
    *terms, hardship, relief, assistance = figures
    assert len(terms) >= 9
    assert sum(terms) == hardship
    assert hardship + relief == assistance


@pytest.mark.requirement(46)
def test_the_rank_stands_at_four_levels(officer: Client, families: list[Household]) -> None:
    page = officer.get(f"/households/{families[0].pk}/").text
    ranks = re.findall(r"第 (\d+)</b><span class=\"note\">/(\d+)", page)
    assert len(ranks) == 4
    assert all(int(rank) <= int(total) for rank, total in ranks)


@pytest.mark.requirement(55)
def test_no_page_shows_a_number_card_phone_or_disease(planted: Household, log_in: LogIn) -> None:
    officer = log_in("county_planner", COUNTY)
    key, person = planted.pk, planted.head_id
    pages = ["/", "/ranking/", "/households/", f"/households/{key}/",
             f"/households/{key}/past-year/", f"/households/{key}/what-if/"]  # fmt: skip
    pages += [f"/households/{key}/change/{what}/" for what in
              ("front", "dwelling", "incomes", "spendings", "circumstances", "member", "account",
               "photo", "move", "close", "merge", "shock")]  # fmt: skip
    pages += [f"/households/{key}/members/{person}/{what}/" for what in ("facts", "person", "end")]
    shown = {page: officer.get(page) for page in pages}
    shown["search"] = officer.post("/search/", {"q": NUMBER})
    assert {page: one.status_code for page, one in shown.items() if one.status_code != 200} == {}
    assert "柏秀英" in shown["search"].text
    for page, answer in shown.items():
        leaks = [s for s in (NUMBER, NUMBER[6:14], CARD, PHONE, DISEASE) if s in answer.text]
        assert leaks == [], page
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("sought", ["柏秀英", "柏秀", "bxy", NUMBER])
def test_a_person_is_found_by_name_initials_and_number(
    planted: Household, log_in: LogIn, sought: str
) -> None:
    answer = log_in("county_planner", COUNTY).post("/search/", {"q": sought})
    assert f"/households/{planted.pk}/" in answer.text


def test_a_household_number_leads_straight_there(planted: Household, log_in: LogIn) -> None:
    answer = log_in("county_planner", COUNTY).post("/search/", {"q": planted.number})
    assert answer["Location"] == f"/households/{planted.pk}/"


def test_what_is_sought_stands_in_no_address(officer: Client) -> None:
    page = officer.get("/").text
    assert re.search(r'class="search"[^>]*method="post"', page)


def test_nobody_of_another_area_is_found(planted: Household, log_in: LogIn) -> None:
    answer = log_in("county_planner", "370102000000").post("/search/", {"q": NUMBER})
    assert "没有找到" in answer.text
    assert "柏秀英" not in answer.text


def test_the_way_links_only_to_areas_of_the_reader_s_own(
    families: list[Household], log_in: LogIn
) -> None:
    clerk = log_in("village_clerk", "370112001001")
    page = clerk.get(f"/households/{families[0].pk}/").text
    way = page[page.index('class="crumb"') : page.index("</nav>", page.index('class="crumb"'))]
    links = re.findall(r'href="([^"]+)"', way)
    assert "历城区" in way
    assert len(links) == 2
    assert [clerk.get(link).status_code for link in links] == [200, 200]


SWAPS = {"past-year": "past-year", "what-if": "what-if"}


@pytest.mark.parametrize("what", SWAPS)
def test_what_htmx_swaps_in_is_the_block_of_the_whole_page(
    officer: Client, families: list[Household], what: str
) -> None:
    where = f"/households/{families[0].pk}/{what}/"
    query = {"what": "supposed_medical", "amount": "9000"} if what == "what-if" else {}
    whole = officer.get(where, query).text
    headers = {"HX-Request": "true", "HX-Target": SWAPS[what]}
    swapped = officer.get(where, query, headers=headers).text
    assert "<html" not in swapped
    assert swapped.strip() in whole


@pytest.mark.parametrize(
    ("what", "amount", "rises"),
    [
        ("supposed_job_lost", "", True),
        ("supposed_illness", "20000", True),
        ("supposed_medical", "20000", True),
        ("supposed_income", "60000", False),
        ("supposed_aid", "5000", False),
    ],
)
def test_what_would_change_moves_the_index_the_way_common_sense_says(
    db: None, log_in: LogIn, now: datetime, what: str, amount: str, rises: bool
) -> None:
    with acting(system("3701")):
        made = HouseholdFactory(members=(member("白玉兰", employed=True),))
        catch_up(on=now.date(), at=now)
    where = f"/households/{made.pk}/what-if/"
    page = log_in("county_planner", COUNTY).get(where, {"what": what, "amount": amount}).text
    found = re.search(r"救助指数由 ([\d.]+) 变为 ([\d.]+)", page)
    assert found is not None
    assert (float(found[2]) > float(found[1])) is rises


def test_a_supposition_without_an_amount_is_asked_for_one(
    officer: Client, families: list[Household]
) -> None:
    where = f"/households/{families[0].pk}/what-if/"
    answer = officer.get(where, {"what": "supposed_aid"})
    assert answer.status_code == 422
    assert "请填写金额" in answer.text


def test_a_supposition_that_fits_nobody_says_so(officer: Client, families: list[Household]) -> None:
    where = f"/households/{families[0].pk}/what-if/"
    assert "没有可以这样假设的成员" in officer.get(where, {"what": "supposed_job_lost"}).text


def test_the_e_file_asks_a_constant_number_of_questions(
    officer: Client, families: list[Household], now: datetime
) -> None:
    with acting(system("3701")):
        larger = HouseholdFactory(couple_with_child=True, on_dibao=True, with_card=True)
        catch_up(on=now.date(), at=now)
    sent = []
    for key in (families[0].pk, larger.pk):
        officer.get(f"/households/{key}/")
        with asked() as statements:
            officer.get(f"/households/{key}/")
        sent.append(len(statements))
    # One of them notes that the file was looked at.
    assert sent[0] == sent[1] <= 25


def test_every_verb_of_the_trail_has_its_words() -> None:
    source = Path(registry.__file__).parent / "actions"
    verbs = {
        verb
        for path in source.glob("*.py")
        for verb in re.findall(r'\bnote\(\s*"(\w+)"', path.read_text())
    }
    assert verbs
    assert verbs == set(VERBS)


def test_who_looks_without_the_right_to_edit_sees_no_way_to(
    families: list[Household], log_in: LogIn
) -> None:
    page = log_in("county_approver", COUNTY).get(f"/households/{families[0].pk}/").text
    assert "/change/" not in page
    assert not re.search(r"/members/\d+/(?!reveal/)", page)


@pytest.mark.parametrize("area", ["370112001001", "370112001000"])
def test_a_village_and_a_township_see_their_families_listed(
    families: list[Household], log_in: LogIn, area: str
) -> None:
    role = "village_clerk" if area.endswith("001") else "township_reviewer"
    clerk = log_in(role, area)
    for query in ("", "?after=" + families[0].number, "?before=zzz", "?after=zzz"):
        assert families[1].number in clerk.get(f"/households/{query}").text
    assert families[0].number in clerk.get("/households/").text


def test_a_county_sees_its_areas_listed_instead(families: list[Household], officer: Client) -> None:
    page = officer.get("/households/").text
    assert families[0].number not in page
    assert "按区域查看" in page


@pytest.mark.parametrize(
    ("address", "group", "shown"),
    [
        ("仲宫街道仲宫南村6组380号", "6组", "仲宫街道仲宫南村6组380号"),
        ("仲宫街道仲宫南村16组380号", "6组", "6组仲宫街道仲宫南村16组380号"),
        ("柳树巷5号", "3组", "3组柳树巷5号"),
        ("柳树巷5号", "", "柳树巷5号"),
    ],
)
def test_the_group_stands_before_an_address_that_does_not_name_it(
    db: None, log_in: LogIn, address: str, group: str, shown: str
) -> None:
    with acting(system("3701")):
        made = HouseholdFactory(address=address, group_name=group)
    page = log_in("county_planner", COUNTY).get(f"/households/{made.pk}/").text
    assert f"· {shown}" in page

"""An English page says nothing in Chinese but names, places and what people typed."""

import re
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import Settings

from tests.aid.paying import APPROVER, AT, ITEM, PLANNER, approved
from tests.aid.paying import families as planned_for
from tests.faces.desk.conftest import LogIn
from yangguang.aid.disbursement.actions import prepare_batch
from yangguang.families.registry.models import Household, Person
from yangguang.foundation.accounts.models import Post
from yangguang.foundation.catalogue.types import PolicyKind
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.walls.context import acting, system

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

COUNTY = "370112000000"
CHINESE = re.compile("[\u3001-\u3011\u3400-\u9fff\uff01-\uff5e]+")
ASKED = {"item_code": ITEM, "area_code": COUNTY, "rule": "fixed", "value": "10", "budget_fen": "20"}
EMPTY = {"br", "hr", "img", "input", "link", "meta", "path", "circle", "rect", "col"}
SAID = ("aria-label", "title", "placeholder", "alt", "data-label", "label")
PAGES = (
    "/", "/ranking/", "/ranking/?type=medical", "/households/", "/households/register/",
    "/households/{pk}/", "/households/{pk}/past-year/", "/households/{pk}/change/front/",
    "/households/{pk}/change/close/", "/bodies/", "/bodies/organisations/", "/roster/",
    "/policies/", "/nowhere/",
)  # fmt: skip


class Heard(HTMLParser):
    """Collects what a page says outside of what it marks as Chinese."""

    def __init__(self) -> None:
        """Begin outside of everything."""
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.said: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element; its attributes are heard too."""
        given = {name: value or "" for name, value in attrs}
        marked = given.get("lang", "").startswith("zh") or tag in {"script", "style", "pre"}
        if not marked:
            self.said += [given[name] for name in SAID if name in given]
        self.links.append(given.get("href", ""))
        if tag not in EMPTY:
            self.open.append((tag, marked))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and whatever in it was never closed."""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Hear a text."""
        if not any(marked for _, marked in self.open):
            self.said.append(data)


def hear(client: Client, address: str) -> Heard:
    """Read one page in English."""
    client.cookies["django_language"] = "en"
    page = client.get(address).text
    assert '<html lang="en"' in page
    heard = Heard()
    heard.feed(page)
    return heard


def chinese_in(heard: Heard, names: list[str]) -> list[str]:
    """Give what is said in Chinese; names may stand in titles, labels and options."""
    known = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    left = (known.sub("", text) for text in heard.said)
    return [text.strip() for text in left if CHINESE.search(text)]


@pytest.fixture
def names(families: list[Household]) -> list[str]:
    """Give the names that may be read: areas, people, and the address of the second family."""
    with acting(system("3701")):
        people = list(Person.objects.values_list("name", flat=True))
        areas = list(Area.objects.values_list("name", flat=True))
    return [*people, *areas, "周岚"]


@pytest.mark.parametrize("address", PAGES)
def test_an_english_page_says_nothing_in_chinese(
    families: list[Household], names: list[str], log_in: LogIn, address: str
) -> None:
    client = log_in("county_planner", COUNTY)
    heard = hear(client, address.format(pk=families[0].pk))
    assert chinese_in(heard, names) == []


@pytest.mark.usefixtures("families")
def test_a_plan_and_its_batch_are_said_in_english(names: list[str], log_in: LogIn) -> None:
    with acting(PLANNER):
        planned_for(3, without_account=[1])
        plan = approved(20_000)
        batch = prepare_batch(plan.pk, by=PLANNER, at=AT)
    client = log_in("county_planner", COUNTY)
    known = [*names, "冬季救助", PLANNER.name, APPROVER.name, "王秀英"]
    places = ["", "new/", "try/?" + urlencode(ASKED), f"{plan.pk}/", f"{plan.pk}/lines/"]
    for place in [*(f"/plans/{one}" for one in places), "/batches/", f"/batches/{batch.pk}/"]:
        assert chinese_in(hear(client, place), known) == [], place


@pytest.mark.parametrize(
    "address", ["/staff/", "/staff/{pk}/", f"/staff/propose/{COUNTY}/", "/staff/posts/{post}/end/",
                "/staff/posts/{post}/delegate/", "/account/", "/pledge/", "/confirm/"]
)  # fmt: skip
def test_pages_of_people_are_said_in_english(names: list[str], log_in: LogIn, address: str) -> None:
    log_in("county_planner", COUNTY)
    post = Post.objects.get()
    client = log_in("security_administrator", COUNTY)
    heard = hear(client, address.format(pk=post.staff_id, post=post.pk))
    assert chinese_in(heard, names) == []


@pytest.mark.parametrize("address", ["/login/", "/login/first/"])
def test_the_log_in_is_said_in_english(client: Client, settings: Settings, address: str) -> None:
    settings.DEMO = False
    assert chinese_in(hear(client, address), ["阳光"]) == []


@pytest.mark.parametrize("kind", list(PolicyKind))
def test_every_shipped_policy_is_said_in_english(
    names: list[str], log_in: LogIn, kind: PolicyKind
) -> None:
    client = log_in("county_planner", COUNTY)
    listed = hear(client, f"/policies/?kind={kind}")
    assert chinese_in(listed, names) == []
    versions = {link for link in listed.links if link.startswith(f"/policies/{kind}/")}
    assert versions
    for version in sorted(versions):
        assert chinese_in(hear(client, version), names) == [], version


def test_one_household_is_not_households(families: list[Household], log_in: LogIn) -> None:
    client = log_in("county_planner", COUNTY)
    said = " ".join(hear(client, f"/households/{families[1].pk}/").said)
    assert "1 person" in said
    assert "1 people" not in said

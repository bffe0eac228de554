"""One officer's walk in a real browser, and every page of the desk looked at for barriers."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def opened(browser: Browser, width: int) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
    return context.new_page()


def log_in(page: Page, city: str, person: str) -> None:
    page.goto(f"{city}login/")
    page.click(f"button[name=person][value={person}]")
    page.wait_for_url(city)


@pytest.fixture(params=[1280, 375])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Open a fresh window of a desk or of a phone."""
    opened_page = opened(browser, request.param)
    yield opened_page
    opened_page.context.close()


@pytest.mark.requirement(42)
def test_an_officer_corrects_an_income_and_sees_the_index_fall(
    browser: Browser, served_city: str
) -> None:
    page = opened(browser, 1280)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    log_in(page, served_city, "fangan")
    page.get_by_role("link", name="查看排序").first.click()
    page.get_by_role("link", name="医疗", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("医疗")
    expect(page).to_have_url(re.compile("type=medical"))
    page.go_back()
    page.locator("td.key a").first.click()
    expect(page.locator("#past-year svg")).to_be_visible()
    page.get_by_label(re.compile("^更正收入")).first.click()
    page.get_by_label("入户调查").check()
    page.locator("#id_declared_wages").fill("9万")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#messages")).to_contain_text(re.compile(r"救助指数由 [\d.]+ 降为 [\d.]+"))
    page.locator("#id_what").select_option("supposed_aid")
    page.locator("#id_amount").fill("3000")
    page.get_by_role("button", name="试算").click()
    expect(page.locator("#what-if")).to_contain_text("变为")
    assert faults == []


def test_no_page_has_a_barrier_or_is_wider_than_the_screen(page: Page, served_city: str) -> None:
    page.goto(served_city)
    faults = look(page, "welcome")
    log_in(page, served_city, "fangan")
    page.goto(f"{served_city}ranking/")
    family = page.locator("td.key a").first.get_attribute("href") or ""
    places = ["", "ranking/", "ranking/?type=housing", "households/", "households/register/",
              "search/", family[1:], f"{family[1:]}change/incomes/",
              f"{family[1:]}change/circumstances/", f"{family[1:]}change/member/",
              f"{family[1:]}change/photo/", f"{family[1:]}past-year/"]  # fmt: skip
    for place in places:
        page.goto(f"{served_city}{place}", wait_until="networkidle")
        faults += look(page, place)
    assert faults == []


def test_no_page_of_people_has_a_barrier(page: Page, served_city: str) -> None:
    page.goto(f"{served_city}login/")
    faults = look(page, "login")
    page.click("button[name=person][value=anquan]")
    page.wait_for_url(f"{served_city}staff/")
    person = page.locator("td.key a").first.get_attribute("href") or ""
    for place in ["staff/", person[1:], "staff/propose/370112000000/", "account/", "confirm/",
                  "pledge/", "account/password/"]:  # fmt: skip
        page.goto(f"{served_city}{place}", wait_until="networkidle")
        faults += look(page, place)
    assert faults == []


def look(page: Page, name: str) -> list[str]:
    """Give the barriers of a page, and by how much it is wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    faults = [f"{name}: {wide} px too wide"] if wide > 0 else []
    return faults + [
        f"{name}: {fault['id']} {[node['html'][:100] for node in fault['nodes'][:3]]}"
        for fault in Axe().run(page).response["violations"]
    ]


@pytest.mark.requirement(48)
def test_a_dragged_budget_moves_the_line_while_nothing_is_kept(
    browser: Browser, served_city: str
) -> None:
    page = opened(browser, 1280)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    log_in(page, served_city, "fangan")
    page.goto(f"{served_city}plans/new/")
    slider = page.get_by_label("拖动调整预算")
    expect(slider).to_be_visible()
    slider.focus()
    slider.press("Home")
    expect(page.locator("#line")).to_contain_text("预算应大于0元")
    slider.press("ArrowRight")
    budget = page.locator("#id_budget_fen")
    step = budget.input_value()
    assert step == slider.get_attribute("step")
    expect(page.locator("#line .cut")).to_contain_text("到此为止")
    slider.press("End")
    expect(page.locator("#line .cut")).to_contain_text("名单已到末尾")
    assert budget.input_value() == slider.get_attribute("max")
    page.goto(f"{served_city}plans/")
    expect(page.locator("#main")).to_contain_text("还没有救助方案")
    assert faults == []

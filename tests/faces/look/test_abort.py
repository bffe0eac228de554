"""Typing on aborts the request under way: no word of it, neither on the page nor in the console."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

pytestmark = [pytest.mark.slow, pytest.mark.browser]

STATIC = Path(__file__).resolve().parents[3] / "src/yangguang/faces/look/static"
PAGE = """<!doctype html><html><body>
<div id="messages"></div>
<form hx-get="/slow" hx-trigger="go" hx-target="#line" hx-sync="this:replace"></form>
<div id="line"></div>
<script src="/htmx.min.js"></script><script src="/app.js" type="module"></script>
</body></html>"""


def answer(route: Route) -> None:
    name = route.request.url.rsplit("/", 1)[-1]
    if name == "slow":
        # The first is never answered: the second aborts it.
        if route.request.headers.get("x-last"):
            route.fulfill(body="done", content_type="text/html")
    elif name.endswith(".js"):
        folder = "vendor" if "htmx" in name else "look"
        route.fulfill(path=STATIC / folder / name, content_type="text/javascript")
    else:
        route.fulfill(body=PAGE, content_type="text/html")


def test_an_aborted_request_is_no_error(browser: Browser) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.route("**/*", answer)
    page.goto("http://desk.test/")
    page.evaluate("htmx.trigger('form', 'go')")
    page.evaluate(
        """() => {
          document.addEventListener("htmx:configRequest", (event) => {
            event.detail.headers["X-Last"] = "1";
          });
          htmx.trigger("form", "go");
        }"""
    )
    expect(page.locator("#line")).to_have_text("done")
    expect(page.locator("#messages")).to_be_empty()
    assert [one for one in said if "favicon" not in one] == []
    page.close()

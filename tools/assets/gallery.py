"""Serves the gallery of macros under the strict policy, photographs it and looks for barriers.

python tools/assets/gallery.py [--pictures FOLDER] [--serve]
"""

import argparse
import datetime
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from axe_playwright_python.sync_playwright import Axe
from django import forms
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.csp import CSP
from playwright.sync_api import Page, sync_playwright

from yangguang.faces.look.pages import render

ROOT = Path(__file__).resolve().parents[2]
LOOK = ROOT / "src/yangguang/faces/look"
BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
"""The browser of this machine; without one Playwright takes its own."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
VIEWS = (
    ("1280", 1280, "normal", 24),
    ("375", 375, "normal", 44),
    ("320", 320, "normal", 44),
    ("375-large", 375, "large", 60),
    ("1280-large", 1280, "large", 60),
)
"""What to look at: name, width in pixels, size of type, least height of a target in pixels."""


def configure() -> None:
    """Configure the least that the templates need: no database, a strict content policy."""
    settings.configure(
        SECRET_KEY="gallery only",
        DEBUG=True,
        DEMO=True,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        LANGUAGE_CODE="zh-hans",
        TIME_ZONE="Asia/Shanghai",
        USE_TZ=True,
        STATIC_URL="/static/",
        STATICFILES_DIRS=[LOOK / "static"],
        INSTALLED_APPS=["django.contrib.staticfiles", "django_htmx"],
        SECURE_CSP={
            "default-src": [CSP.SELF],
            "img-src": [CSP.SELF, "data:"],
            "object-src": [CSP.NONE],
            "base-uri": [CSP.NONE],
            "form-action": [CSP.SELF],
        },
        MIDDLEWARE=[
            "django.middleware.csp.ContentSecurityPolicyMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django_htmx.middleware.HtmxMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.jinja2.Jinja2",
                "DIRS": [LOOK / "templates"],
                "OPTIONS": {"environment": "yangguang.faces.look.environment.environment"},
            }
        ],
    )
    django.setup()


class Person(forms.Form):
    """A form as Django draws it, to look at beside our own fields."""

    name = forms.CharField(label="姓名", help_text="与身份证一致。")
    health = forms.ChoiceField(label="健康状况", choices=[("good", "健康"), ("ill", "患病")])
    note = forms.CharField(label="备注", widget=forms.Textarea, required=False)


def samples() -> dict[str, object]:
    """Give the made-up figures that the gallery shows."""
    on = datetime.date(2026, 11, 24)
    names = ("王*英", "张*兰", "刘*军", "陈*芳", "杨*山", "赵*秀")
    figures = (
        (86.8, 87.4, "极度"),
        (83.3, 84.0, "极度"),
        (58.7, 61.2, "重度"),
        (39.7, 45.5, "中度"),
        (24.5, 29.9, "一般"),
        (12.0, 19.0, "关注"),
    )
    causes = (
        ["残疾", "租房"],
        ["独居老人"],
        ["火灾 9月", "无劳动能力"],
        ["单亲", "小学"],
        ["残疾"],
        ["危房 D级", "高龄"],
    )
    aided = (None, 92, 11, 31, 220, 400)
    rows = [
        {
            "rank": place + 1,
            "name": names[place],
            "size": 1 + place % 5,
            "place": "港沟街道 · 冶河村",
            "a": figures[place][0],
            "h": figures[place][1],
            "band": figures[place][2],
            "causes": causes[place],
            "income": (20800, 63800, 60400, 98000, 70600, 31900)[place],
            "aided": None if aided[place] is None else on - datetime.timedelta(days=aided[place]),
            "amount": None if aided[place] is None else 240000 + place,
            "flag": "疑似漏救" if place % 3 == 0 else "",
        }
        for place in range(6)
    ]
    months = [f"{year}-{month:02d}" for year in (25, 26) for month in range(1, 12, 2)]
    chart = {
        "x": months,
        "max": 100,
        "second_unit": "元",
        "series": [
            {
                "name": "困难指数",
                "type": "step",
                "tone": "ink",
                "data": [62, 62, 62, 66, 66, 66, 66, 66, 66, 66, 66, 66],
            },
            {
                "name": "救助指数",
                "type": "step",
                "tone": "need",
                "area": True,
                "data": [62, 62, 62, 66, 60, 55, 50, 46, 42, 39, 37, 37],
            },
            {
                "name": "救助金额",
                "type": "bar",
                "tone": "blue",
                "second": True,
                "data": [None] * 4 + [814] * 8,
            },
        ],
        "cut": {"value": 58.9, "label": "资金截止线 58.9"},
    }
    parts = [
        ("剩余可用收入", "扣除刚性支出后月人均 300 元，为低保标准 1,114 元的 27%", 40, 91.9, 36.77),
        ("残疾", "一级肢体残疾（残疾人证 2019-04-02）", 10, 100, 10.0),
        ("住房", "租住（入户调查 2026-03-11，照片 3 张）", 7, 50, 3.5),
        ("已获救助", "近一年已获救助 9,768 元，全年缺口 16,452 元", "", 0, -31.48),
    ]
    at = datetime.datetime(2026, 11, 24, 10, 42)  # noqa: DTZ001
    form = Person({"name": "", "health": "good"})
    return {
        "rows": rows,
        "on": on,
        "at": at,
        "chart": chart,
        "parts": parts,
        "form": form,
    }


def gallery(request: HttpRequest) -> HttpResponse:
    """Show the gallery, or its list alone to htmx."""
    return render(request, "look/gallery.html.jinja", samples(), fragment="list")


urlpatterns = [path("", gallery), path("", include("yangguang.faces.look.urls"))]


class Quiet(WSGIRequestHandler):
    """A request handler that does not talk."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(port: int = 0) -> Iterator[str]:
    """Serve the gallery on this machine and give its address."""
    application = StaticFilesHandler(get_wsgi_application())
    server = make_server("127.0.0.1", port, application, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


TARGETS = (
    ".btn, .tabs a, .areas a, .areas summary, .topbar a:not(.brand), .topbar summary, .choice,"
    " .field input:not([type=radio], [type=hidden]), .field select, .crumb a, .t .key > a"
)


def small_targets(page: Page, name: str, least: int) -> list[str]:
    """Give what can be touched but is lower than so many pixels."""
    found = page.eval_on_selector_all(
        TARGETS,
        "(all, least) => all.filter(e => e.offsetHeight && e.offsetHeight < least)"
        ".map(e => `${e.offsetHeight} px: ${e.outerHTML.slice(0, 90)}`)",
        least,
    )
    return [f"{name}: target below {least}: {one}" for one in found]


def look_at(page: Page, address: str, name: str, least: int) -> list[str]:
    """Open the gallery and give every error, policy fault, overflow, small target and barrier."""
    faults: list[str] = []
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address, wait_until="networkidle")
    page.wait_for_selector("[data-chart] svg")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 0:
        faults.append(f"{name}: {wide} px wider than the screen")
    faults += small_targets(page, name, least)
    for fault in Axe().run(page).response["violations"]:
        nodes = [node["html"][:110] for node in fault["nodes"][:4]]
        faults.append(f"{name}: {fault['id']} ({len(fault['nodes'])}) {nodes}")
    return faults


def photograph(address: str, folder: Path) -> list[str]:
    """Take a picture of each view into the folder; give the faults seen on the way."""
    folder.mkdir(parents=True, exist_ok=True)
    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        for name, width, size, least in VIEWS:
            context = browser.new_context(viewport={"width": width, "height": 900})
            context.add_cookies([{"name": "yg_size", "value": size, "url": address}])
            page = context.new_page()
            faults += look_at(page, address, name, least)
            page.wait_for_timeout(1000)
            page.screenshot(path=folder / f"gallery-{name}.png", full_page=True)
            context.close()
        browser.close()
    return faults


def main() -> int:
    """Serve, photograph or both; exit 1 when a fault was seen."""
    parser = argparse.ArgumentParser(description="Look at every macro.")
    parser.add_argument("--pictures", type=Path, help="folder for the pictures")
    parser.add_argument("--serve", type=int, metavar="PORT", help="serve until interrupted")
    options = parser.parse_args()
    configure()
    with served(options.serve or 0) as address:
        print(address)
        faults = photograph(address, options.pictures) if options.pictures else []
        for fault in faults:
            print(fault)
        if options.serve:
            threading.Event().wait()
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

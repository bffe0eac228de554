"""Every answer carries the whole set of headers: pages, refusals, errors, redirects, files."""

from collections.abc import Iterator, Mapping

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from tests.faces.desk.conftest import LogIn
from tests.faces.desk.test_rights import address_of
from yangguang.families.registry.models import Household

pytestmark = pytest.mark.slow

COUNTY = "370112000000"
SAME: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        where = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield address_of(where)
        else:
            yield from addresses(one, where)


ALL = sorted(set(addresses(get_resolver("yangguang.config.urls"))))


def lacking(answer: HttpResponseBase) -> list[str]:
    """Name what an answer lacks of the set."""
    found = [name for name, value in SAME.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    if "default-src 'self'" not in policy and policy != "default-src 'none'":
        found.append("Content-Security-Policy")
    if "unsafe" in policy or ("'self'" in policy and "frame-ancestors 'none'" not in policy):
        found.append(policy)
    if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
        found.append("Permissions-Policy")
    return found


def kept(answer: HttpResponseBase) -> bool:
    return "no-store" not in answer.headers.get("Cache-Control", "")


def test_every_address_answers_a_stranger_and_a_planner_with_the_whole_set(
    families: list[Household], log_in: LogIn, client: Client
) -> None:
    planner = log_in("county_planner", COUNTY)
    for who in (planner, client):
        who.raise_request_exception = False
        for address in [*ALL, f"/households/{families[0].pk}/"]:
            if address == "/logout/" and who is planner:
                continue
            for answer in (who.get(address), who.post(address)):
                assert (address, lacking(answer)) == (address, [])
                assert not kept(answer), address


def test_errors_and_refusals_carry_the_whole_set(
    log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner = log_in("county_planner", COUNTY)
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answers = {
        404: planner.get("/nowhere/"),
        301: planner.get("/ranking"),
        302: strict.get("/ranking/"),
        403: strict.post("/login/"),
        400: strict.get("/", headers={"Host": "elsewhere.example"}),
    }
    planner.raise_request_exception = False
    monkeypatch.setattr("yangguang.faces.desk.households.presenters.search", None)
    answers[500] = planner.post("/search/", {"q": "张"})
    for status, answer in answers.items():
        assert (status, answer.status_code) == (status, status)
        assert (status, lacking(answer)) == (status, [])
        assert not kept(answer), status


def test_a_file_carries_the_set_and_may_be_kept(settings: Settings, db: None) -> None:
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    answer = Client().get("/static/look/app.css")
    assert b"".join(answer.streaming_content)
    answer.close()
    assert answer.status_code == 200
    assert lacking(answer) == []
    assert kept(answer)


def test_a_secure_answer_asks_for_two_years_of_https(settings: Settings, db: None) -> None:
    settings.SECURE_HSTS_SECONDS = 63_072_000
    answer = Client().get("/login/", secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=63072000"

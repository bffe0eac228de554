"""Numbers planted in every field, path, header and exception reach neither log nor error page."""

import logging
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.test import Client

from tests.faces.desk.conftest import LogIn
from yangguang.families.registry.models import Household
from yangguang.foundation.kernel.redacting import HIDDEN, Redacting

pytestmark = pytest.mark.slow

NUMBER, CARD, PHONE = "370112196001010013", "6223190000000000012", "13805310000"
CANARIES = (NUMBER, CARD, PHONE)
COUNTY = "370112000000"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Give what the configured handler writes."""
    written = StringIO()
    handler = next(
        one
        for one in logging.getLogger().handlers
        if any(isinstance(each, Redacting) for each in one.filters)
    )
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(written)
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    yield written
    logging.getLogger().setLevel(level)
    handler.setStream(before)


def clean(log: StringIO) -> bool:
    return not any(canary in log.getvalue() for canary in CANARIES)


def test_no_handler_of_ours_writes_past_the_filter() -> None:
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request",
               "django.server", "django.security", "django.security.csrf")]  # fmt: skip
    ours = [
        handler
        for one in loggers
        for handler in one.handlers
        if not type(handler).__module__.startswith("_pytest")
    ]
    assert ours
    assert all(any(isinstance(f, Redacting) for f in one.filters) for one in ours)


@pytest.mark.parametrize("canary", CANARIES)
def test_a_path_a_query_and_a_header_leave_no_number(
    log_in: LogIn, log: StringIO, canary: str
) -> None:
    client = log_in("county_planner", COUNTY)
    client.get(f"/{canary}/", {"q": canary})
    client.get("/ranking/", {"area": canary}, headers={"User-Agent": canary, "Referer": canary})
    client.get("/", headers={"Host": f"{canary}.example"})
    client.post("/households/register/", headers={"X-CSRFToken": canary})
    assert HIDDEN in log.getvalue()
    assert clean(log)


def test_every_field_of_every_form_of_a_family_leaves_no_number(
    families: list[Household], log_in: LogIn, log: StringIO
) -> None:
    client = log_in("county_planner", COUNTY)
    key = families[0].pk
    for address in (
        "/search/", "/households/register/", f"/households/{key}/change/front/",
        f"/households/{key}/change/account/", f"/households/{key}/change/member/",
        f"/households/{key}/reveal/phone_number/", "/login/",
    ):  # fmt: skip
        fields = re.findall(r' name="(\w[\w-]*)"', client.get(address).text)
        for canary in CANARIES:
            answer = client.post(address, dict.fromkeys(["q", *fields], canary))
            assert answer.status_code < 500, address
    assert clean(log)


@pytest.mark.parametrize("canary", CANARIES)
def test_a_defect_shows_no_number_on_its_page_nor_in_the_log(
    log_in: LogIn, log: StringIO, monkeypatch: pytest.MonkeyPatch, canary: str
) -> None:
    client = log_in("county_planner", COUNTY)
    client.raise_request_exception = False

    def fail(*args: object, **given: object) -> None:
        raise RuntimeError(f"cannot read {canary}")

    monkeypatch.setattr("yangguang.faces.desk.households.presenters.search", fail)
    answer = client.post("/search/", {"q": canary})
    assert answer.status_code == 500
    assert not any(one in answer.text for one in CANARIES)
    assert "RuntimeError" in log.getvalue()
    assert HIDDEN in log.getvalue()
    assert clean(log)


def test_a_stranger_s_tries_leave_no_number(client: Client, db: None, log: StringIO) -> None:
    for canary in CANARIES:
        client.post("/login/", {"username": canary, "password": canary, "code": canary})
        client.post("/first/", {"username": canary, "secret": canary})
    assert clean(log)

"""Logging in as one of the demonstration's people: one click, a fresh session, a way back."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from yangguang.faces.desk.accounts.forms import safe_next
from yangguang.foundation.accounts.actions import appoint
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.walls.context import acting, system


@pytest.fixture
def people(db: None, settings: Settings) -> None:
    """Appoint two of the demonstration's people."""
    settings.DEMO = True
    with acting(system("3701")) as by:
        for username, role, code in (
            ("cunju", "village_clerk", "370112001001"),
            ("fangan", "county_planner", "370112000000"),
        ):
            appoint(
                username, name="演示甲", role=role, area=Area.objects.get(code=code),
                from_date=date(2026, 1, 1), by=by, at=timezone.now(), is_demo=True,
            )  # fmt: skip


@pytest.mark.requirement(1)
def test_everybody_of_the_demonstration_has_a_card(people: None, client: Client) -> None:
    page = client.get("/login/").text
    for word in ("村（居）协理员", "区（县）方案岗", "历城区", "演示数据"):
        assert word in page


def test_one_click_logs_in_with_a_fresh_session_key(people: None, client: Client) -> None:
    client.get("/login/")
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    answer = client.post("/login/", {"person": "fangan", "next": "/ranking/"})
    assert answer["Location"] == "/ranking/"
    assert client.session.session_key != session.session_key
    assert client.get("/").status_code == 200


def test_nobody_else_logs_in_by_a_click(people: None, client: Client) -> None:
    answer = client.post("/login/", {"person": "root"})
    assert answer.status_code == 422
    assert "没有这名演示人员" in answer.text
    assert "_auth_user_id" not in client.session


def test_a_click_without_the_token_is_refused(people: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/login/", {"person": "fangan"}).status_code == 403


def test_logging_out_ends_the_session(people: None, client: Client) -> None:
    client.post("/login/", {"person": "fangan"})
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/ranking/").status_code == 302


def test_without_a_demonstration_the_page_says_who_opens_accounts(
    people: None, client: Client, settings: Settings
) -> None:
    settings.DEMO = False
    page = client.get("/login/").text
    assert "账号由本单位安全管理员开通" in page
    assert "演示" not in page
    assert client.get("/")["Location"].startswith("/login/")


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/ranking/?area=370112000000", "/ranking/?area=370112000000"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("ranking/", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_stays_on_this_site(asked: str, given: str) -> None:
    assert safe_next(asked) == given

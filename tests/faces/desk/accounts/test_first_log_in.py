"""From the operator's command to the first page: secret, password, phone, pledge."""

import re

import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.faces.desk.conftest import LogIn
from yangguang.faces.cli.staff import staff
from yangguang.foundation.accounts.actions.founding import AlreadyFounded
from yangguang.foundation.accounts.models import Authenticator, Invitation, Pledge
from yangguang.foundation.accounts.rules.codes import code_at
from yangguang.foundation.audit.models import Record
from yangguang.foundation.walls.context import acting, system

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CITY = "370100000000"
PASSWORD = "槐荫-lan-7788"


@pytest.fixture(autouse=True)
def no_demo(settings: Settings) -> None:
    settings.DEMO = False


def given_out(username: str = "anyi") -> str:
    """Run the operator's command, and give the secret that it prints."""
    command = ["add", username, "--name", "安一", "--area", CITY]
    result = CliRunner().invoke(staff, command, catch_exceptions=False)
    return re.search(r"一次性口令：(\S+)", result.output)[1]  # type: ignore[index]


def entry(secret: str, **given: str) -> dict[str, str]:
    usual = {"username": "anyi", "secret": secret, "password": PASSWORD, "again": PASSWORD}
    return usual | given


def shown_secret(page: str) -> str:
    return re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")  # type: ignore[index]


def test_the_first_administrator_comes_in_and_nothing_opens_before_the_pledge() -> None:
    client = Client()
    assert client.post("/login/first/", entry(given_out()))["Location"] == "/login/enrol/"
    page = client.get("/login/enrol/").text
    assert "<svg" in page
    assert " style=" not in page
    secret = shown_secret(page)
    assert client.post("/login/enrol/", {"code": "000000"}).status_code == 200
    answer = client.post("/login/enrol/", {"code": code_at(secret, timezone.now())})
    assert answer["Location"] == "/pledge/"
    for address in ("/staff/", "/policies/", "/account/"):
        assert client.get(address)["Location"] == "/pledge/"
    assert "我只为办理职责范围内" in client.get("/pledge/").text
    assert client.post("/pledge/").status_code == 200
    assert not Pledge.objects.exists()
    assert client.post("/pledge/", {"agrees": "1"}).status_code == 302
    assert client.get("/staff/").status_code == 200
    assert not Invitation.objects.exists()
    with acting(system("3701")):
        verbs = set(Record.objects.values_list("verb", flat=True))
    assert verbs >= {"accounts.appoint", "accounts.invite", "accounts.set_password",
                     "accounts.enrol", "accounts.log_in", "accounts.sign_pledge"}  # fmt: skip


def test_neither_secret_nor_code_lies_readable_in_the_database() -> None:
    secret = given_out()
    client = Client()
    client.post("/login/first/", entry(secret))
    shown = shown_secret(client.get("/login/enrol/").text)
    assert secret.encode() not in bytes(Invitation.objects.get().digest)
    assert shown.encode() not in bytes(Authenticator.objects.get().secret)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"secret": "AAAA-BBBB-CCCC-DDDD-EEEE"}, "登录名或一次性口令不对"),
        ({"username": "nobody"}, "登录名或一次性口令不对"),
        ({"password": "password123", "again": "password123"}, "太常见"),
        ({"password": "short-1", "again": "short-1"}, "10"),
        ({"password": "xx-anyi-7788-yy", "again": "xx-anyi-7788-yy"}, "不能包含登录名"),
        ({"again": "another-7788-lan"}, "两遍口令不一样"),
    ],
)
def test_what_is_wrong_at_the_first_log_in_is_said(given: dict[str, str], words: str) -> None:
    answer = Client().post("/login/first/", entry(given_out()) | given)
    assert answer.status_code == 200
    assert words in answer.text


def test_a_one_time_secret_runs_out_and_works_once() -> None:
    secret = given_out()
    client = Client()
    client.post("/login/first/", entry(secret))
    shown = shown_secret(client.get("/login/enrol/").text)
    client.post("/login/enrol/", {"code": code_at(shown, timezone.now())})
    assert "一次性口令不对" in Client().post("/login/first/", entry(secret)).text
    other = given_out("aner")
    Invitation.objects.update(expires_at=timezone.now())
    assert "一次性口令不对" in Client().post("/login/first/", entry(other, username="aner")).text


def test_a_secret_that_was_voided_meanwhile_enrols_nobody() -> None:
    client = Client()
    client.post("/login/first/", entry(given_out()))
    secret = shown_secret(client.get("/login/enrol/").text)
    Invitation.objects.all().delete()
    code = {"code": code_at(secret, timezone.now())}
    assert client.post("/login/enrol/", code).status_code == 200
    assert not Authenticator.objects.filter(confirmed_at__isnull=False).exists()


def test_nobody_enrols_without_a_secret() -> None:
    assert Client().get("/login/enrol/")["Location"] == "/login/"
    assert Client().post("/login/enrol/", {"code": "123456"})["Location"] == "/login/"


def test_the_command_stops_at_two_security_administrators() -> None:
    given_out("anyi")
    given_out("aner")
    with pytest.raises(AlreadyFounded, match="网页"):
        given_out("ansan")


def test_a_lost_phone_is_replaced_by_the_operator() -> None:
    given_out()
    result = CliRunner().invoke(staff, ["invite", "anyi"], catch_exceptions=False)
    assert "一次性口令：" in result.output


def test_a_security_administrator_hands_out_the_secret_of_a_new_person_only(
    log_in: LogIn,
) -> None:
    first = log_in("security_administrator", CITY)
    clerk = log_in("city_officer", CITY)
    pk = clerk.session["_auth_user_id"]
    page = first.post(f"/staff/{pk}/invite/")
    assert re.search(r"<code>[A-Z2-7]{4}(-[A-Z2-7]{4}){4}</code>", page.text)
    assert page["Cache-Control"].count("no-store")
    Authenticator.objects.create(staff_id=pk, secret=b"x", confirmed_at=timezone.now())
    refused = first.post(f"/staff/{pk}/invite/")
    assert refused.status_code == 409
    assert "运维人员" in refused.text
    other = log_in("security_administrator", "370102000000")
    assert other.post(f"/staff/{pk}/invite/").status_code == 404

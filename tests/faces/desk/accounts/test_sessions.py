"""Sessions that end, and second factors that grow old."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import timezone

from tests.faces.desk.conftest import LogIn, enter_desk
from yangguang.foundation.accounts.actions import give_demo_authenticator
from yangguang.foundation.accounts.models import Appointment, OpenSession, Staff
from yangguang.foundation.accounts.queries import actor_of, demo_code

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

COUNTY = "370112000000"
SECURITY = "security_administrator"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime.now().astimezone(), tick=False) as traveller:
        yield traveller


def entry() -> dict[str, str]:
    return {
        "username": "wangmin",
        "name": "王敏",
        "role": "county_payer",
        "from_date": f"{timezone.localdate():%Y-%m-%d}",
        "reason": "任命文号 7 号 & <b>",
    }


def test_a_session_ends_after_fifteen_idle_minutes(
    log_in: LogIn, clock: time_machine.Traveller
) -> None:
    client = log_in("county_planner", COUNTY)
    for _ in range(3):
        clock.shift(timedelta(minutes=14))
        assert client.get("/policies/").status_code == 200
    clock.shift(timedelta(minutes=15))
    sent = client.get("/policies/")["Location"]
    assert sent.startswith("/login/")
    assert "已超过15分钟没有操作，请重新登录。" in client.get(sent).text
    assert "没有操作" not in client.get(sent).text
    assert not OpenSession.objects.exists()


def test_a_session_ends_after_eight_hours_of_work(
    log_in: LogIn, clock: time_machine.Traveller
) -> None:
    client = log_in("county_planner", COUNTY)
    for _ in range(47):
        clock.shift(timedelta(minutes=10))
        assert client.get("/policies/").status_code == 200
    clock.shift(timedelta(minutes=10))
    sent = client.get("/policies/")["Location"]
    assert sent.startswith("/login/")
    assert "没有操作" not in client.get(sent).text


def test_a_session_without_marks_is_over(log_in: LogIn) -> None:
    client = log_in("county_planner", COUNTY)
    session = client.session
    del session["started"]
    session.save()
    assert client.get("/policies/").status_code == 302


def test_one_click_ends_all_of_one_s_sessions(log_in: LogIn) -> None:
    here = log_in("county_planner", COUNTY)
    there = Client()
    enter_desk(there, Staff.objects.get(), timezone.now())
    assert here.get("/account/").text.count("Chrome Windows") == 2
    assert here.post("/account/end/")["Location"] == "/login/"
    assert {one.get("/policies/").status_code for one in (here, there)} == {302}


def test_an_old_second_factor_sends_a_reader_to_confirm_and_back(
    log_in: LogIn, clock: time_machine.Traveller
) -> None:
    client = with_phone(log_in)
    clock.shift(timedelta(minutes=10))
    asked = client.get(f"/staff/propose/{COUNTY}/")
    assert asked["Location"] == f"/confirm/?next=%2Fstaff%2Fpropose%2F{COUNTY}%2F"
    assert client.get("/staff/").status_code == 200
    page = client.get(asked["Location"]).text
    assert code_of(client) in page
    back = client.post("/confirm/", {"next": "/staff/", "factor_code": code_of(client)})
    assert back["Location"] == "/staff/"
    assert client.get(f"/staff/propose/{COUNTY}/").status_code == 200


def test_what_was_sent_is_held_until_the_code_and_then_done_once(
    log_in: LogIn, clock: time_machine.Traveller
) -> None:
    client = with_phone(log_in)
    clock.shift(timedelta(minutes=10))
    address = f"/staff/propose/{COUNTY}/"
    page = client.post(address, entry()).text
    assert "再次确认身份" in page
    assert 'name="reason" value="任命文号 7 号 &amp; &lt;b&gt;"' in page
    assert not Appointment.objects.exists()
    assert "动态码不对" in client.post(address, entry() | {"factor_code": "000000"}).text
    assert not Appointment.objects.exists()
    done = client.post(address, entry() | {"factor_code": code_of(client)})
    assert done.status_code == 302
    assert Appointment.objects.get().reason == "任命文号 7 号 & <b>"


def test_a_code_is_not_guessed(log_in: LogIn, clock: time_machine.Traveller) -> None:
    client = with_phone(log_in)
    clock.shift(timedelta(minutes=10))
    for _ in range(5):
        client.post("/confirm/", {"factor_code": "000000"})
    assert client.post("/confirm/", {"factor_code": code_of(client)}).status_code == 200


def test_an_htmx_act_with_an_old_factor_opens_the_page_that_asks(
    log_in: LogIn, clock: time_machine.Traveller
) -> None:
    client = with_phone(log_in)
    clock.shift(timedelta(minutes=10))
    answer = client.post(
        f"/staff/propose/{COUNTY}/",
        entry(),
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/staff/?page=2"},
    )
    assert answer["HX-Redirect"] == "/confirm/?next=%2Fstaff%2F%3Fpage%3D2"
    assert not Appointment.objects.exists()


def test_another_post_of_one_s_own_is_chosen_and_no_one_else_s(log_in: LogIn) -> None:
    client = log_in("county_planner", COUNTY)
    other = log_in("county_payer", COUNTY)
    staff = Staff.objects.get(username=f"county_planner-{COUNTY}")
    second = staff.posts.create(
        role="county_approver", area_id=COUNTY, from_date=timezone.localdate()
    )
    assert "以此岗位办理" in client.get("/account/").text
    assert client.post(f"/account/posts/{second.pk}/").status_code == 302
    assert "区（县）审批岗" in client.get("/policies/").text
    assert other.post(f"/account/posts/{second.pk}/").status_code == 404


def test_with_https_the_cookies_are_bound_to_the_host() -> None:
    # Read anew, as a city's server reads it.
    code = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"
    environment = os.environ | {
        "YANGGUANG_DEMO": "",
        "DJANGO_SETTINGS_MODULE": "yangguang.config.settings",
    }
    said = subprocess.check_output([sys.executable, "-c", code], env=environment, text=True)
    assert said == "__Host-session __Host-csrf\n"


PROXIED = """
import django; django.setup()
from django.conf import settings as s
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.security import SecurityMiddleware
from django.test import RequestFactory
from yangguang.faces.desk.sessions import keep_device
from yangguang.faces.look.views import set_size
said = {"Host": "localhost", "Origin": "https://localhost", "X-Forwarded-Proto": "https"}
sent = {"csrfmiddlewaretoken": "a" * 32, "size": "large"}
request = RequestFactory().post("/look/size/", sent, headers=said)
request.COOKIES[s.CSRF_COOKIE_NAME] = "a" * 32
print(CsrfViewMiddleware(HttpResponse).process_view(request, None, (), {}))
print(SecurityMiddleware(set_size)(request).headers["Strict-Transport-Security"])
answer = set_size(request)
keep_device(answer, "x")
print([bool(cookie["secure"]) for cookie in answer.cookies.values()], s.LANGUAGE_COOKIE_SECURE)
"""


def test_a_form_sent_by_https_through_a_proxy_is_taken_and_every_cookie_is_secure() -> None:
    environment = os.environ | {
        "YANGGUANG_DEMO": "",
        "YANGGUANG_PROXIES": "1",
        "DJANGO_SETTINGS_MODULE": "yangguang.config.settings",
    }
    said = subprocess.check_output([sys.executable, "-c", PROXIED], env=environment, text=True)
    assert said.splitlines() == ["None", "max-age=63072000", "[True, True] True"]


def test_a_reader_s_own_word_of_https_is_not_believed_without_a_proxy() -> None:
    said = RequestFactory().get("/", headers={"X-Forwarded-Proto": "https"})
    assert not said.is_secure()


def test_a_post_that_comes_changes_not_as_whom_somebody_acts(log_in: LogIn) -> None:
    client = log_in("county_planner", COUNTY)
    staff = Staff.objects.get(username=f"county_planner-{COUNTY}")
    for role in ("county_approver", "county_payer"):
        staff.posts.create(role=role, area_id=COUNTY, from_date=timezone.localdate())
    acting = actor_of(staff.pk, timezone.localdate())
    assert acting is not None
    assert acting.role == "county_planner"
    chosen = staff.posts.get(role="county_approver")
    client.post(f"/account/posts/{chosen.pk}/")
    staff.posts.create(role="county_payer", area_id="370102000000", from_date=timezone.localdate())
    assert "区（县）审批岗" in client.get("/policies/").text


def test_what_a_page_says_after_an_act_travels_in_no_cookie(log_in: LogIn) -> None:
    client = log_in("county_planner", COUNTY)
    post = Staff.objects.get(username=f"county_planner-{COUNTY}").posts.get()
    answer = client.post(f"/account/posts/{post.pk}/")
    assert "messages" not in answer.cookies
    assert "的身份办理" in client.get("/account/").text


@pytest.mark.parametrize("address", ["/login/", "/login/first/", "/login/enrol/"])
def test_no_page_is_kept_before_a_log_in_either(address: str, client: Client) -> None:
    assert "no-store" in client.get(address)["Cache-Control"]


def with_phone(log_in: LogIn) -> Client:
    """Give a security administrator of the made city, whose code the pages show."""
    Staff.objects.create(username=f"{SECURITY}-{COUNTY}", name="周岚", is_demo=True)
    client = log_in(SECURITY, COUNTY)
    give_demo_authenticator(Staff.objects.get().pk, at=timezone.now())
    return client


def code_of(client: Client) -> str:
    return demo_code(int(client.session["_auth_user_id"]), timezone.now())

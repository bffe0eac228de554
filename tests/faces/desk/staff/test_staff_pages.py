"""People and posts over HTTP: four eyes, ended at once, another area is not found."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.faces.desk.conftest import LogIn
from yangguang.foundation.accounts.models import Appointment, Post
from yangguang.foundation.divisions.models import Area

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

COUNTY, TOWN, OTHER = "370112000000", "370112001000", "370102000000"
SECURITY = "security_administrator"


@pytest.fixture
def first(log_in: LogIn) -> Client:
    return log_in(SECURITY, COUNTY)


@pytest.fixture
def second(log_in: LogIn) -> Client:
    return log_in(SECURITY, COUNTY, "-2")


def entry(**given: str) -> dict[str, str]:
    usual = {"username": "wangmin", "name": "王敏", "role": "township_reviewer",
             "from_date": f"{timezone.localdate():%Y-%m-%d}", "reason": "任命文号7号"}  # fmt: skip
    return usual | given


def test_one_proposes_and_another_grants(first: Client, second: Client) -> None:
    form = first.get(f"/staff/propose/{TOWN}/").text
    assert "乡镇（街道）审核员" in form
    assert "区（县）方案岗" not in form
    assert first.post(f"/staff/propose/{TOWN}/", entry()).status_code == 302
    made = Appointment.objects.get()
    shown = first.get("/staff/").text
    assert "王敏" in shown
    assert "须由另一名安全管理员审定" in shown
    refused = first.post(f"/staff/appointments/{made.pk}/grant/")
    assert refused.status_code == 409
    assert "提出人不能审定" in refused.text
    granted = second.post(f"/staff/appointments/{made.pk}/grant/", follow=True)
    assert "现任" in granted.text
    assert Post.objects.get(staff__username="wangmin").area_id == TOWN


def test_a_wrong_form_keeps_what_was_typed(first: Client) -> None:
    answer = first.post(f"/staff/propose/{TOWN}/", entry(from_date=""))
    assert answer.status_code == 422
    assert 'value="王敏"' in answer.text


def test_a_proposal_is_declined_with_a_reason(first: Client, second: Client) -> None:
    first.post(f"/staff/propose/{TOWN}/", entry())
    made = Appointment.objects.get()
    address = f"/staff/appointments/{made.pk}/decline/"
    assert second.post(address).status_code == 409
    assert second.post(address, {"reason": "尚未到岗"}).status_code == 302
    assert not Post.objects.filter(staff__username="wangmin").exists()


def test_whose_post_ends_is_out_at_the_next_click(first: Client, log_in: LogIn) -> None:
    clerk = log_in("township_reviewer", TOWN)
    assert clerk.get("/households/").status_code == 200
    post = Post.objects.get(role="township_reviewer")
    assert "即时" not in first.get(f"/staff/posts/{post.pk}/end/").text
    answer = first.post(f"/staff/posts/{post.pk}/end/", {"reason": "调令2号"}, follow=True)
    assert "已离岗" in answer.text
    assert clerk.get("/households/").status_code == 302


def test_a_delegation_is_proposed_and_granted(first: Client, second: Client, log_in: LogIn) -> None:
    log_in("county_approver", COUNTY)
    log_in("county_payer", COUNTY)
    post = Post.objects.get(role="county_approver")
    until = timezone.localdate() + timedelta(days=5)
    given = entry(username=f"county_payer-{COUNTY}", until_date=f"{until:%Y-%m-%d}")
    assert first.post(f"/staff/posts/{post.pk}/delegate/", given).status_code == 302
    made = Appointment.objects.get()
    page = second.post(f"/staff/appointments/{made.pk}/grant/", follow=True).text
    assert "代周岚" in page


@pytest.mark.parametrize("way", ["get", "post"])
def test_another_area_is_not_found(way: str, first: Client, log_in: LogIn) -> None:
    log_in("county_approver", OTHER)
    post = Post.objects.get(role="county_approver")
    addresses = [f"/staff/propose/{OTHER}/", f"/staff/posts/{post.pk}/delegate/",
                 f"/staff/posts/{post.pk}/end/"]  # fmt: skip
    addresses += [f"/staff/{post.staff_id}/", f"/staff/?area={OTHER}"] if way == "get" else []
    for address in addresses:
        answer = first.get(address) if way == "get" else first.post(address, entry())
        assert answer.status_code == 404, address


def test_a_proposal_of_another_area_is_not_found(first: Client, log_in: LogIn) -> None:
    log_in(SECURITY, OTHER).post(f"/staff/propose/{OTHER}/", entry(role="county_payer"))
    made = Appointment.objects.get()
    assert first.post(f"/staff/appointments/{made.pk}/grant/").status_code == 404
    assert "王敏" not in first.get("/staff/").text


def test_a_supervisor_sees_and_changes_nothing(log_in: LogIn) -> None:
    supervisor = log_in("supervisor", COUNTY)
    page = supervisor.get("/staff/").text
    assert "提出任命" not in page
    assert Area.objects.get(code=COUNTY).name in page
    assert supervisor.get(f"/staff/propose/{COUNTY}/").status_code == 403

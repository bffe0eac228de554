"""Name, password and code: equal answers, limits that lock nobody else out, records."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from yangguang.faces.desk.sessions import origin_of
from yangguang.foundation.accounts.actions import appoint
from yangguang.foundation.accounts.actions.trying import HASHES_AT_ONCE, is_password
from yangguang.foundation.accounts.models import Authenticator, FailedTry, OpenSession, Staff
from yangguang.foundation.accounts.rules.codes import code_at, new_secret
from yangguang.foundation.audit.models import Record
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.walls.context import acting, system
from yangguang.foundation.walls.sealing import seal

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

COUNTY, PASSWORD = "370112000000", "槐荫-lan-7788"


class Person:
    """Somebody with a password and a phone, at a clock of one's own."""

    def __init__(self, username: str, role: str) -> None:
        """Appoint, and set both factors."""
        with acting(system("3701")) as by:
            post = appoint(username, name="周岚", role=role, area=Area.objects.get(code=COUNTY),
                           from_date=date(2026, 1, 1), by=by, at=timezone.now())  # fmt: skip
        self.staff: Staff = post.staff
        self.staff.set_password(PASSWORD)
        self.staff.save()
        self.secret = new_secret()
        Authenticator.objects.create(
            staff=self.staff,
            secret=seal(self.secret, place=f"accounts_authenticator.secret.{self.staff.pk}"),
            confirmed_at=timezone.now(),
        )

    def entry(self, **given: str) -> dict[str, str]:
        """Give what is typed at this moment when all is right."""
        usual = {"username": self.staff.username, "password": PASSWORD,
                 "code": code_at(self.secret, timezone.now())}  # fmt: skip
        return usual | given


@pytest.fixture(autouse=True)
def no_demo(settings: Settings) -> None:
    settings.DEMO = False


@pytest.fixture
def clock() -> time_machine.Traveller:
    with time_machine.travel(datetime.now().astimezone(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def zhou(db: None) -> Person:
    return Person("zhoulan", "county_approver")


def log_in(client: Client, entry: dict[str, str], address: str = "10.1.1.1") -> bool:
    return client.post("/login/", entry, REMOTE_ADDR=address).status_code == 302


def test_all_three_right_is_a_log_in_with_a_fresh_key_and_a_record(zhou: Person) -> None:
    client = Client()
    client.get("/login/")
    before = client.session.session_key
    assert client.post("/login/", zhou.entry(next="/plans/"))["Location"] == "/plans/"
    assert client.session.session_key != before
    assert client.cookies["yg_device"]["httponly"]
    with acting(system("3701")):
        assert Record.objects.get(verb="accounts.log_in").actor_id == zhou.staff.pk


@pytest.mark.parametrize("wrong", ["username", "password", "code"])
def test_the_answer_tells_not_which_was_wrong(wrong: str, zhou: Person) -> None:
    client = Client()
    typed = {"username": "zhoulam", "password": "wrong-wrong-1", "code": "000000"}
    answers = [Client().post("/login/", zhou.entry(**{name: value})) for name, value in
               (("username", "zhoulam"), (wrong, typed[wrong]))]  # fmt: skip
    assert "_auth_user_id" not in client.session
    texts = {answer.text.split('role="alert"')[1].split("</div>")[0] for answer in answers}
    assert len(texts) == 1
    assert {answer.status_code for answer in answers} == {200}


def test_a_code_is_taken_once(zhou: Person, clock: time_machine.Traveller) -> None:
    assert log_in(Client(), zhou.entry())
    assert not log_in(Client(), zhou.entry())
    clock.shift(30)
    assert log_in(Client(), zhou.entry())


def test_after_five_failures_the_right_password_waits_a_quarter_of_an_hour(
    zhou: Person, clock: time_machine.Traveller
) -> None:
    for _ in range(5):
        assert not log_in(Client(), zhou.entry(password="wrong"))
    clock.shift(60)
    assert not log_in(Client(), zhou.entry())
    assert log_in(Client(), zhou.entry(), "10.9.9.9")
    clock.shift(15 * 60)
    assert log_in(Client(), zhou.entry())


def test_guessing_from_everywhere_locks_the_owner_s_own_browser_not_out(
    zhou: Person, clock: time_machine.Traveller
) -> None:
    own = Client()
    assert log_in(own, zhou.entry())
    for number in range(60):
        log_in(Client(), zhou.entry(password="guess"), f"10.2.0.{number}")
    clock.shift(60)
    assert not log_in(Client(), zhou.entry(), "10.3.3.3")
    assert log_in(own, zhou.entry(), "10.2.0.1")


def test_one_address_has_twenty_tries_a_minute(zhou: Person, clock: time_machine.Traveller) -> None:
    for number in range(20):
        log_in(Client(), zhou.entry(username=f"nobody{number}"), "10.4.4.4")
    assert not log_in(Client(), zhou.entry(), "10.4.4.4")
    clock.shift(61)
    assert log_in(Client(), zhou.entry(), "10.4.4.4")


def test_a_failed_try_is_recorded_without_what_a_stranger_typed(zhou: Person) -> None:
    log_in(Client(), zhou.entry(username="my-password-by-mistake"))
    log_in(Client(), zhou.entry(code="000000"))
    with acting(system("3701")):
        (known,) = Record.objects.filter(verb="accounts.fail_log_in", object_key=str(zhou.staff.pk))
    with acting(system("37")):
        keys = list(Record.objects.filter(verb="accounts.fail_log_in").values_list(
            "object_key", flat=True))  # fmt: skip
    assert known.area_code == COUNTY
    assert len(keys) == 2
    assert not any("mistake" in key for key in keys)
    assert FailedTry.objects.count() == 2


def test_who_holds_no_post_comes_in_nowhere(zhou: Person) -> None:
    zhou.staff.posts.update(until_date=timezone.localdate() - timedelta(days=0))
    client = Client()
    log_in(client, zhou.entry())
    assert client.get("/plans/").status_code == 302


@pytest.mark.parametrize(
    ("proxies", "told", "held"),
    [
        (0, "10.7.7.7", "10.1.1.1"),
        (1, "10.6.6.6, 10.7.7.7", "10.7.7.7"),
        (2, "10.5.5.5, 10.6.6.6, 10.7.7.7", "10.6.6.6"),
        (2, "10.7.7.7", "10.1.1.1"),
    ],
)
def test_the_address_is_what_our_outermost_proxy_saw(
    settings: Settings, proxies: int, told: str, held: str
) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.1.1.1", HTTP_X_FORWARDED_FOR=told)
    assert origin_of(request).address == held


def test_of_three_sessions_the_oldest_ends(zhou: Person, clock: time_machine.Traveller) -> None:
    clients = [Client() for _ in range(3)]
    for client in clients:
        assert log_in(client, zhou.entry())
        clock.shift(30)
    assert [client.get("/policies/").status_code for client in clients] == [302, 302, 302]
    for client in clients:
        client.post("/pledge/", {"agrees": "1"})
    assert [client.get("/policies/").status_code for client in clients] == [302, 200, 200]
    assert clients[0].get("/policies/")["Location"].startswith("/login/")


def test_logging_in_again_in_the_same_browser_ends_no_other(
    zhou: Person, clock: time_machine.Traveller
) -> None:
    phone, desk = Client(), Client()
    for client in (phone, desk, desk):
        assert log_in(client, zhou.entry())
        clock.shift(30)
    assert OpenSession.objects.count() == 2
    assert phone.get("/pledge/").status_code == 200


def test_a_log_out_is_recorded_and_the_session_is_gone(zhou: Person) -> None:
    client = Client()
    log_in(client, zhou.entry())
    client.post("/logout/")
    assert not OpenSession.objects.exists()
    with acting(system("3701")):
        assert Record.objects.get(verb="accounts.log_out").object_key == str(zhou.staff.pk)


def test_every_wrong_try_costs_one_hash_and_none_once_there_were_too_many(
    zhou: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes: list[str] = []
    real = MD5PasswordHasher.encode

    def encode(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashes.append(salt)
        return str(real(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    costs = []
    for typed in [{"username": "nobody"}, {"code": "000000"}, *[{"password": "wrong"}] * 6]:
        log_in(Client(), zhou.entry(**typed))
        costs.append(len(hashes))
        hashes.clear()
    assert costs == [1] * 6 + [0] * 2


def test_few_passwords_are_hashed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    real = MD5PasswordHasher.encode
    running: list[int] = []
    seen: list[int] = []

    def encode(self: MD5PasswordHasher, password: str, salt: str) -> str:
        running.append(1)
        time.sleep(0.02)
        seen.append(len(running))
        running.pop()
        return str(real(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda _: is_password(Staff(password=""), "x"), range(12)))
    assert max(seen) == HASHES_AT_ONCE


def test_another_password_is_chosen_and_ends_the_other_sessions(
    zhou: Person, clock: time_machine.Traveller
) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        assert log_in(client, zhou.entry())
        client.post("/pledge/", {"agrees": "1"})
        clock.shift(30)
    weak = {"password": "zhoulan-12345", "again": "zhoulan-12345"}
    assert here.post("/account/password/", weak).status_code == 422
    strong = {"password": "长清-hu-5566-x", "again": "长清-hu-5566-x"}
    assert here.post("/account/password/", strong)["Location"] == "/account/"
    assert here.get("/account/").status_code == 200
    assert there.get("/account/")["Location"].startswith("/login/")
    assert not log_in(Client(), zhou.entry())
    assert log_in(Client(), zhou.entry(password=strong["password"]))
    clock.shift(timedelta(minutes=11))
    assert here.get("/account/password/")["Location"].startswith("/confirm/")
    assert here.post("/account/password/", strong)["Location"] == "/account/password/"

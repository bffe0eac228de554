"""Asking over HTTP, in process: one client for each asker, each request taken back."""

import re
from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.faces.desk.conftest import enter_desk
from tests.matrix.addresses import names
from tests.matrix.cells import Question
from tests.matrix.people import Asker
from tests.matrix.places import prefix
from tests.matrix.things import MISSING, Thing
from tests.matrix.world import SINCE, World
from yangguang.faces.desk.roster.holding import keep
from yangguang.faces.desk.sessions import FACTOR, PLEDGE, SEEN, STARTED
from yangguang.families.registry.rules.roster.writing import template
from yangguang.foundation.accounts.actions import appoint
from yangguang.foundation.accounts.models import Post, Staff
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.walls.context import Actor, enter, system

NO_KEY, NO_AREA = 2_000_000_000, "370199000000"
_POLICY = {"kind": "calendar", "key": "2026", "area": "nation", "day": "2026-01-01"}
# Enough for every verb that asks for no whole form; what a form still lacks is answered with 422.
_SENT = {"reason": "调查核实", "budget": "900", "encoding": "gb18030", "name": "新名", "next": "/",
         "purpose": "verify_identity", "words": "电话核对情况"}  # fmt: skip
_TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ")[^"]*')


class Session:
    """Somebody at a browser. What is asked leaves nothing behind."""

    def __init__(self, asker: Asker, world: World) -> None:
        """Give the asker a post and a log-in, as the session's word says."""
        self.asker, self.world = asker, world
        self.client = Client(raise_request_exception=False)
        self.roster_key, self.marked_at = "0" * 32, world.at
        if asker.session != "none":
            self._log_in(_held(asker, world))
        self.cookies = {name: one.value for name, one in self.client.cookies.items()}
        self.plain = self._plain_404()

    def _log_in(self, post: Post) -> None:
        at = timezone.now()
        enter_desk(self.client, post.staff, at)
        self._mark(at)
        self.roster_key = keep(template(), by=_actor(self.asker, post.staff), at=at)

    def _mark(self, at: datetime) -> None:
        """Let the session stand as its word says, however long the matrix takes."""
        session = self.client.session
        session.update(dict.fromkeys((STARTED, SEEN, FACTOR), at.timestamp()))
        if self.asker.session == "stale":
            session[FACTOR] = (at - timedelta(minutes=11)).timestamp()
        if self.asker.session == "unpledged":
            session.pop(PLEDGE, None)
        session.save()
        self.marked_at = at

    def _plain_404(self) -> bytes:
        address = "/no-such-page/"
        with transaction.atomic():
            answer = self.client.get(address)
            transaction.set_rollback(True)
        return same(answer.content, address)

    def ask(self, question: Question) -> tuple[str, HttpResponse]:
        """Send one request, take back what it did, and give the outcome in one word."""
        path, sent = self._request(question)
        method = question.method
        self._as_before()
        with transaction.atomic():
            answer = self.client.generic(method, path) if method != "POST" else (
                self.client.post(path, sent)
            )  # fmt: skip
            transaction.set_rollback(True)
        outcome = outcome_of(answer)
        if outcome == "404" and method == "GET" and same(answer.content, path) != self.plain:
            outcome = "404-that-tells"
        return outcome, answer

    def _as_before(self) -> None:
        """Bring the browser's cookies back: what ended the session was taken back as well."""
        self.client.cookies.clear()
        for name, value in self.cookies.items():
            self.client.cookies[name] = value
        now = timezone.now()
        if self.cookies and now - self.marked_at > timedelta(seconds=30):
            self._mark(now)

    def _request(self, question: Question) -> tuple[str, dict[str, str]]:
        address, thing = question.address, question.thing
        if "?" in address.url:
            return self._sought(address.url, thing, question.method)
        given = dict(address.words)
        rest = names()[address.view] - set(given)
        if rest:
            given |= self._arguments(rest, thing)
        number = self.world.numbers.get(Thing("household", thing.area, "registered"), "")
        return reverse(address.view, kwargs=given), {**_SENT, "number": number}

    def _sought(self, url: str, thing: Thing, method: str) -> tuple[str, dict[str, str]]:
        if url == "desk:search?q":
            return reverse("desk:search"), {"q": self.world.numbers.get(thing, "JT9999999999")}
        view, _, name = url.partition("?")
        sought = thing.area or NO_AREA
        return f"{reverse(view)}?{name}={sought}", {}

    def _arguments(self, rest: frozenset[str] | set[str], thing: Thing) -> dict[str, object]:
        key = self.world.keys.get(thing, NO_KEY)
        match thing.kind:
            case "area":
                return {"code": thing.area or NO_AREA}
            case "policy":
                return _POLICY if thing.state != MISSING else {**_POLICY, "key": "1066"}
            case "roster":
                kept = thing.state != MISSING
                area = thing.area if kept else self.asker.area or NO_AREA
                return {"area_code": area, "key": self.roster_key if kept else "f" * 32}
            case "list":
                return {"kind": thing.state if thing.state != MISSING else "plan_list", "key": key}
            case "household":
                head = {"person_id": self.world.heads.get(thing, NO_KEY)}
                return {"household_id": key} | (head if "person_id" in rest else {})
        (only,) = rest
        return {only: key}


def _held(asker: Asker, world: World) -> Post:
    enter(system("37"))
    post = appoint(
        f"asker-{asker}"[:40], name="周岚", role=asker.role, area=Area.objects.get(code=asker.area),
        from_date=SINCE, by=system("37"), at=world.at,
    )  # fmt: skip
    if asker.session == "ended":
        Post.objects.filter(pk=post.pk).update(until_date=world.on - timedelta(days=1))
    return post


def _actor(asker: Asker, staff: Staff) -> Actor:
    return Actor(staff.pk, staff.name, asker.role, prefix(asker.area))


def same(content: bytes, path: str) -> bytes:
    """Give a page without what differs each time: its token and its own address."""
    return _TOKEN.sub(rb"\1", content).replace(path.encode(), b"")


def outcome_of(answer: HttpResponse) -> str:
    """Say in one word what came: a status, or where a person is led before anything is done."""
    if answer.status_code == 302:
        where = answer["Location"].partition("?")[0]
        led = {"/login/": "login", "/pledge/": "pledge", "/confirm/": "confirm"}
        return led.get(where, "302")
    if answer.status_code == 200 and b'name="factor_code"' in getattr(answer, "content", b""):
        return "confirm"
    return str(answer.status_code)

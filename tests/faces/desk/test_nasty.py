"""Whatever stands in an address or a form, the answer is never a defect."""

import re
from typing import Final

import pytest
from django.test import Client
from django.urls import URLPattern

from tests.faces.desk.conftest import LogIn
from tests.faces.desk.test_rights import DESK, PLACES
from yangguang.families.registry.models import Household
from yangguang.foundation.accounts.rules.roles import ROLES

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

NASTY: Final = (
    "9" * 30, "9" * 5000, str(2**63), "-1", "\0", "x\0y", "٣", "1e5", "NaN", "1E+999999", "'",
    "\\x", "%", "0001-99-99", "9999-12-31", "[" * 3000,
)  # fmt: skip
KEYS: Final = ("0", str(2**31), str(2**63 - 1), str(2**63), "9" * 30, "9" * 5000)
QUERY: Final = ("page", "after", "before", "area", "kind", "type", "band", "flag", "next", "a",
                "budget_fen", "value", "item_code", "lacking")  # fmt: skip


@pytest.fixture
def clients(log_in: LogIn) -> dict[str, Client]:
    made = {role: log_in(role, PLACES[role]) for role in sorted(ROLES)}
    for client in made.values():
        client.raise_request_exception = False
    return made


def readers(clients: dict[str, Client], pattern: URLPattern) -> list[Client]:
    """Give somebody who may open a page: one is enough."""
    wanted = getattr(pattern.callback, "permission", None)
    able = [one for role, one in clients.items() if wanted in (None, *ROLES[role].permissions)]
    return able[:1]


def address(where: str, key: str, text: str) -> str:
    filled = re.sub(r"<int:\w+>", key, where)
    return "/" + re.sub(r"<\w+:\w+>", text.replace("\\", "%5C"), filled)


def test_no_address_is_answered_by_a_defect(
    clients: dict[str, Client], families: list[Household]
) -> None:
    bad = []
    known = str(families[0].pk)
    for name, pattern, where in DESK:
        if name == "desk:logout":
            continue
        for client in readers(clients, pattern):
            asked = [(address(where, key, "x"), "") for key in KEYS if "<int" in where]
            asked += [(address(where, known, "x"), text) for text in NASTY]
            asked += [
                (address(where, known, re.sub(r"\0", "%00", text).replace("%", "%25")), "")
                for text in NASTY
                if "<str" in where
            ]
            for path, text in asked:
                query = dict.fromkeys(QUERY, text) if text else {}
                if client.get(path, query).status_code >= 500:
                    bad.append((name, path[:60], text[:20]))
    assert bad == []


@pytest.mark.parametrize("only", ["type", "after", "page"])
def test_a_nasty_value_alone_is_no_defect(clients: dict[str, Client], only: str) -> None:
    """All at once may be refused by the first: each of the lists is asked one by one."""
    for name, pattern, where in DESK:
        if "<" in where or name not in {"desk:ranking", "desk:staff", "desk:bodies"}:
            continue
        for client in readers(clients, pattern):
            for text in NASTY:
                for also in ({}, {"type": "medical"}):
                    status = client.get("/" + where, also | {only: text}).status_code
                    assert status < 500, (name, only, text[:20])


def fields_of(page: str) -> list[str]:
    body = page[page.find("<main") :]
    return sorted(set(re.findall(r'name="([\w-]+)"', body)) - {"csrfmiddlewaretoken", "person"})


def test_no_form_is_answered_by_a_defect(
    clients: dict[str, Client], families: list[Household]
) -> None:
    household = families[0]
    forms = ["plans/new/", "policies/calendar/new/", "search/", "households/register/"]
    forms += [
        f"households/{household.pk}/change/{kind}/"
        for kind in ("front", "account", "incomes", "spendings", "dwelling", "asset", "supporter")
    ]
    bad = []
    for where in forms:
        able = [one for one in clients.values() if one.get("/" + where).status_code == 200]
        for client in able[:1]:
            names = fields_of(client.get("/" + where).content.decode()) or ["q"]
            for text in NASTY:
                for name in names if text in ("9" * 30, "1E+999999") else [""]:
                    given = {name: text} if name else dict.fromkeys(names, text)
                    if client.post("/" + where, given).status_code >= 500:
                        bad.append((where, name, text[:20]))
    assert bad == []


def test_a_null_sign_is_refused_in_words(clients: dict[str, Client]) -> None:
    client = clients["county_planner"]
    for answer in (
        client.get("/ranking/?area=%00"),
        client.get("/%00/"),
        client.post("/search/", {"q": "\0"}),
    ):
        assert answer.status_code == 400
        assert "空字符" in answer.content.decode()

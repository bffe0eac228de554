"""Every address of the desk says who may open it, and holds to it."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.faces.desk.conftest import LogIn
from yangguang.foundation.accounts.rules.roles import ROLES, Permission
from yangguang.foundation.divisions.types import Level

OPEN = {"desk:home", "desk:login", "desk:logout", "desk:first", "desk:enrol"}
ARGUMENTS = {"int": "1", "str": "x", "slug": "x", "picture_size": "thumb"}
WHERE = {Level.PROVINCE: "370000000000", Level.CITY: "370100000000", Level.COUNTY: "370112000000",
         Level.TOWNSHIP: "370112001000", Level.VILLAGE: "370112001001"}  # fmt: skip
PLACES = {code: WHERE[max(role.levels)] for code, role in ROLES.items()}


def patterns(
    resolver: URLResolver, space: str = "", before: str = ""
) -> Iterator[tuple[str, URLPattern, str]]:
    for one in resolver.url_patterns:
        where = before + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = one.namespace or space
            yield from patterns(one, inner, where)
        elif space == "desk":
            yield f"desk:{one.name}", one, where


DESK = list(patterns(get_resolver("yangguang.config.urls")))


def address_of(pattern: str) -> str:
    return "/" + re.sub(r"<(\w+):\w+>", lambda found: ARGUMENTS[found[1]], pattern)


@pytest.mark.parametrize(("name", "pattern", "where"), DESK, ids=[name for name, _, _ in DESK])
def test_every_view_says_which_permission_it_demands(
    name: str, pattern: URLPattern, where: str
) -> None:
    assert hasattr(pattern.callback, "permission"), where
    assert (pattern.callback.permission is None) == (name in OPEN)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.requirement(1)
@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_without_the_permission_is_refused_everywhere(role: str, log_in: LogIn) -> None:
    client = log_in(role, PLACES[role])
    for name, pattern, where in DESK:
        permission: Permission | None = pattern.callback.permission
        if permission is not None and permission not in ROLES[role].permissions:
            for answer in (client.get(address_of(where)), client.post(address_of(where))):
                assert answer.status_code in (403, 405), name


@pytest.mark.slow
@pytest.mark.django_db
def test_a_stranger_is_sent_to_the_log_in_from_everywhere(client: Client) -> None:
    for name, _, where in DESK:
        if name not in OPEN:
            for answer in (client.get(address_of(where)), client.post(address_of(where))):
                assert answer.status_code in (302, 405), name
                if answer.status_code == 302:
                    assert answer["Location"].startswith("/login/?next=%2F"), name

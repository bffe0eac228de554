"""What is too large is refused by its length, in plain words, before it is read."""

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve
from pytest_django import Settings

from tests.faces.desk.conftest import LogIn
from yangguang.faces.desk.uploads import FILES, MEGABYTE, Uploads
from yangguang.foundation.accounts.models import Staff

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

COUNTY = "370112000000"
TYPE = "multipart/form-data; boundary=xx"


class Unread:
    """A body that nobody may read."""

    def read(self, size: int = -1) -> bytes:
        raise AssertionError("it was read")

    readline = read


def sent(client: Client, path: str, megabytes: float) -> Any:
    """Post a body of which only the length is told."""
    unread = {
        "wsgi.input": Unread(),
        "CONTENT_TYPE": TYPE,
        "CONTENT_LENGTH": str(int(megabytes * MEGABYTE)),
    }
    return client.generic("POST", path, **unread)


@pytest.mark.parametrize("path", ["/login/", "/roster/", "/look/size/", "/nowhere/"])
def test_without_a_log_in_nothing_over_a_megabyte_is_read(path: str, client: Client) -> None:
    answer = sent(client, path, 1.1)
    assert answer.status_code == 413
    assert "超过 1 MB" in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_a_made_up_session_opens_nothing(client: Client) -> None:
    client.cookies["sessionid"] = "made-up"
    assert sent(client, "/roster/", 1.1).status_code == 413


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/roster/", 50),
        ("/batches/1/results/", 40),
        ("/households/1/change/photo/", 20),
        ("/households/1/members/2/photo/", 20),
        ("/households/1/change/address/", 1),
        ("/staff/1/invite/", 1),
    ],
)
def test_each_address_takes_its_own_size(path: str, most: int, log_in: LogIn) -> None:
    answer = sent(log_in("county_planner", COUNTY), path, most + 1.1)
    assert answer.status_code == 413
    assert f"超过 {most} MB" in answer.text
    with pytest.raises(AssertionError, match="it was read"):
        sent(log_in("county_planner", COUNTY), path, max(most - 0.5, 0.5))


def test_a_body_without_a_length_is_refused_unread(client: Client) -> None:
    unread = {"wsgi.input": Unread(), "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = client.post("/login/", b"", content_type=TYPE, **unread)
    assert answer.status_code == 411
    assert "没有写明大小" in answer.text


@pytest.mark.parametrize("megabytes", [0.5, 30])
def test_a_body_is_read_before_a_connection_to_the_database_is_held(
    megabytes: float, settings: Settings
) -> None:
    order: list[str] = []

    class Slow:
        def read(self, size: int = -1) -> bytes:
            order.append("read")
            return b""

        readline = read

    def rest(request: HttpRequest) -> HttpResponse:
        order.append("rest")
        return HttpResponse()

    length = str(int(megabytes * MEGABYTE))
    request = RequestFactory().generic("POST", "/roster/")
    told = {"wsgi.input": Slow(), "CONTENT_TYPE": TYPE, "CONTENT_LENGTH": length}
    request = WSGIRequest(request.environ | told)
    request.user = Staff()
    Uploads(rest)(request)
    assert (order[0], order[-1]) == ("read", "rest")
    chain = settings.MIDDLEWARE
    mine, desk = (f"yangguang.faces.desk.{one}" for one in ("uploads.Uploads", "middleware.Desk"))
    assert chain.index(mine) < chain.index(desk)


def test_every_address_with_a_file_is_one_there_is() -> None:
    paths = ["/roster/", "/batches/1/results/", "/households/1/change/photo/",
             "/households/1/members/2/photo/"]  # fmt: skip
    found = [resolve(path) for path in paths]
    assert {
        " ".join(filter(None, [one.view_name, one.kwargs.get("what")])) for one in found
    } == set(FILES)

"""The reader's choice of type size."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from yangguang.faces.look.views import set_size


def choose(rf: RequestFactory, size: str, back: str) -> HttpResponse:
    """Press the switch of type size on the page ``back``."""
    return set_size(rf.post("/look/size/", {"size": size, "next": back}))


def test_large_type_is_kept_and_the_reader_stays_where_they_were(rf: RequestFactory) -> None:
    answer = choose(rf, "large", "/help/?x=1")
    assert (answer.status_code, answer["Location"]) == (302, "/help/?x=1")
    assert answer.cookies["yg_size"].value == "large"
    assert answer.cookies["yg_size"]["httponly"]


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_nobody_is_sent_to_another_site(rf: RequestFactory, place: str) -> None:
    assert choose(rf, "large", place)["Location"] == "/"


def test_a_made_up_size_is_the_normal_one(rf: RequestFactory) -> None:
    assert choose(rf, "<b>", "/").cookies["yg_size"].value == "normal"


def test_a_link_cannot_change_the_size(rf: RequestFactory) -> None:
    assert set_size(rf.get("/look/size/?size=large")).status_code == 405

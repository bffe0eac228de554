"""A page whole, or the block that htmx asked for."""

import pytest
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse

from tests.faces.look.conftest import Ask
from tools.assets.gallery import samples
from yangguang.faces.look.pages import render

GALLERY = "look/gallery.html.jinja"


def shown(request: HttpRequest, fragment: str | None = "list") -> HttpResponse:
    """Show the gallery."""
    return render(request, GALLERY, samples(), fragment=fragment)


def test_a_person_gets_the_whole_page(ask: Ask) -> None:
    page = shown(ask()).content.decode()
    assert page.startswith("<!doctype html>")
    assert "疑似漏救" in page


def test_htmx_gets_only_the_block_it_targets_with_the_macros_it_needs(ask: Ask) -> None:
    page = shown(ask({"HX-Request": "true", "HX-Target": "list"})).content.decode()
    assert page.lstrip().startswith('<section class="card"')
    assert "疑似漏救" in page
    assert "topbar" not in page


def test_the_block_is_the_same_as_in_the_whole_page(ask: Ask) -> None:
    whole = shown(ask()).content.decode()
    part = shown(ask({"HX-Request": "true", "HX-Target": "list"})).content.decode()
    assert part.strip() in whole


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true", "HX-Target": "list", "HX-Boosted": "true"},
        {"HX-Request": "true", "HX-Target": "list", "HX-History-Restore-Request": "true"},
        {"HX-Request": "true", "HX-Target": "somewhere-else"},
        {"HX-Target": "list"},
    ],
)
def test_a_boosted_or_restored_or_foreign_request_gets_the_whole_page(
    ask: Ask, headers: dict[str, str]
) -> None:
    assert shown(ask(headers)).content.startswith(b"<!doctype html>")


def test_a_cache_is_told_what_the_answer_depends_on(ask: Ask) -> None:
    assert "HX-Request, HX-Target" in shown(ask())["Vary"]
    assert not shown(ask(), fragment=None).has_header("Vary")


def test_a_block_that_does_not_exist_is_an_error(ask: Ask) -> None:
    request = ask({"HX-Request": "true", "HX-Target": "nowhere"})
    with pytest.raises(KeyError):
        shown(request, fragment="nowhere")


def test_a_message_reaches_the_reader_of_a_fragment(ask: Ask) -> None:
    request = ask({"HX-Request": "true", "HX-Target": "list"})
    request._messages = [Message(25, "已保存。")]  # type: ignore[attr-defined]
    page = shown(request).content.decode()
    assert 'hx-swap-oob="true"' in page
    assert '<div class="alert alert-ok">已保存。</div>' in page


def test_every_post_of_htmx_carries_the_token(ask: Ask) -> None:
    assert 'hx-headers=\'{"X-CSRFToken": "' in shown(ask()).content.decode()


def test_a_form_that_came_back_keeps_its_status(ask: Ask) -> None:
    assert render(ask(), GALLERY, samples(), status=422).status_code == 422

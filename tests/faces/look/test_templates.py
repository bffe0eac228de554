"""What holds for every template: nothing the content policy forbids, every word translatable."""

import re
from pathlib import Path

import pytest

from tests.faces.look.conftest import Ask
from tools.assets.gallery import samples
from yangguang.faces.look.pages import render

FACES = Path(__file__).resolve().parents[3] / "src/yangguang/faces"
LOOK = FACES / "look/templates/look"
TEMPLATES = sorted(FACES.glob("**/*.jinja"))
MACROS = sorted((LOOK / "macros").glob("*.jinja"))
CODE = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
TRANSLATED = re.compile(r"\{%-? *trans.*?%\}.*?\{%-? *endtrans.*?%\}", re.DOTALL)
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "a handler in an attribute": r"<[^>]*\s(?:on[a-z]+|hx-on[:a-z-]*)\s*=",
    "a script in the page": r"<script(?![^>]*(?:\ssrc=|type=\"application/json\"))[^>]*>",
    "an address that is a script": r"javascript:",
    "an evaluated htmx value": r"hx-(?:vals|headers)=.js:",
    "an outside host": r"(?:src|href|action|hx-get|hx-post)=[\"']?(?:https?:)?//",
    "unescaped text": r"\|\s*safe\b",
}


def name_of(path: Path) -> str:
    """Name a template by its place."""
    return path.relative_to(FACES).as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str, path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    assert not re.findall(FORBIDDEN[what], text, flags=re.IGNORECASE)


@pytest.mark.parametrize("sample", ['<p style="x">', "<b onclick='x'>", "<script>x</script>"])
def test_the_search_for_what_is_forbidden_finds_it(sample: str) -> None:
    assert any(re.search(pattern, sample) for pattern in FORBIDDEN.values())


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_chinese_word_of_a_page_can_be_translated(path: Path) -> None:
    bare = CODE.sub(" ", TRANSLATED.sub(" ", path.read_text()))
    assert CHINESE.findall(bare) == []


@pytest.mark.parametrize("path", MACROS, ids=name_of)
def test_every_macro_says_in_one_line_what_it_is(path: Path) -> None:
    lines = path.read_text().splitlines()
    macros = [place for place, line in enumerate(lines) if line.startswith("{% macro")]
    assert macros
    for place in macros:
        assert re.fullmatch(r"\{#- .+\. -#\}", lines[place - 1]), lines[place]


@pytest.mark.parametrize("path", MACROS, ids=name_of)
def test_every_macro_is_used_by_the_gallery_or_the_frame(path: Path) -> None:
    users = [*LOOK.glob("*.jinja"), *MACROS]
    text = "\n".join(user.read_text() for user in users)
    for name in re.findall(r"\{% macro (\w+)", path.read_text()):
        assert re.search(rf"(?<!macro )\b{name}\(", text), name


def test_the_gallery_is_chinese_and_says_so(ask: Ask) -> None:
    page = render(ask(), "look/gallery.html.jinja", samples()).content.decode()
    assert '<html lang="zh-hans" data-size="normal">' in page
    bare = re.sub(r"<script.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL)
    words = set(re.findall(r"[A-Za-z]{2,}", bare))
    assert words <= {"English"}


def test_the_index_and_the_hardship_mark_stand_where_they_should(ask: Ask) -> None:
    page = render(ask(), "look/gallery.html.jinja", samples()).content.decode()
    assert 'aria-label="救助指数 86.8，困难指数 87.4"' in page
    assert '<rect class="idx-fill need-5" y="3" width="86.8%"' in page
    assert '<rect class="idx-mark" x="87.4%"' in page


def test_large_type_is_on_the_root_so_that_everything_grows(ask: Ask) -> None:
    request = ask()
    request.COOKIES["yg_size"] = "large"
    page = render(request, "look/gallery.html.jinja", samples()).content.decode()
    assert 'data-size="large"' in page
    assert "标准版" in page


def test_a_field_points_to_its_hint_and_its_error(ask: Ask) -> None:
    page = render(ask(), "look/gallery.html.jinja", samples()).content.decode()
    for name in ("hint", "error"):
        assert f'id="id_area-{name}"' in page
    assert 'aria-describedby="id_area-hint id_area-error"' in page

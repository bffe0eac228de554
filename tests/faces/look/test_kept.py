"""A row drawn once is not drawn again, in its own language, and not for other arguments."""

from django.utils import translation
from jinja2 import Environment

from yangguang.faces.look.kept import kept

COUNTED = (
    "{% macro row(one) %}{% do drawn.append(one) %}<td>{{ one }} {{ _('户') }}</td>{% endmacro %}"
)


def counted() -> tuple[object, list[object]]:
    drawn: list[object] = []
    environment = Environment(extensions=["jinja2.ext.do"], autoescape=True)
    environment.globals |= {"drawn": drawn, "_": translation.gettext}
    return environment.from_string(COUNTED).module.row, drawn


def test_a_macro_is_drawn_once_for_the_same_arguments() -> None:
    row, drawn = counted()
    assert [str(kept(row, one)) for one in (1, 2, 1)] == [
        "<td>1 户</td>",
        "<td>2 户</td>",
        "<td>1 户</td>",
    ]
    assert drawn == [1, 2]


def test_another_language_is_drawn_anew() -> None:
    row, drawn = counted()
    chinese = kept(row, 3)
    with translation.override("en"):
        english = kept(row, 3)
    assert (chinese, drawn) == ("<td>3 户</td>", [3, 3])
    assert "户" not in english


def test_what_was_escaped_stays_escaped_once() -> None:
    row, _ = counted()
    assert kept(row, "<b>") == "<td>&lt;b&gt; 户</td>"

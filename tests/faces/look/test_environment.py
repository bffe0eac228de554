"""The words and the strictness of the templates."""

import pytest
from jinja2 import UndefinedError

from yangguang.faces.look.environment import environment, field_ids

LOOK = environment(autoescape=True)


def test_a_value_in_a_sentence_is_escaped() -> None:
    page = LOOK.from_string("{{ _('%(name)s 家庭', name=name) }}").render(name="<b>")
    assert page == "&lt;b&gt; 家庭"


@pytest.mark.parametrize("text", ["{{ _('满 100%%') }}", "{% trans %}满 100%{% endtrans %}"])
def test_a_per_cent_sign_stays_one(text: str) -> None:
    assert LOOK.from_string(text).render() == "满 100%"


def test_a_name_that_nobody_gave_is_an_error_and_not_an_empty_place() -> None:
    with pytest.raises(UndefinedError):
        LOOK.from_string("{{ household }}").render()


def test_a_field_is_described_by_its_hint_and_then_its_error() -> None:
    assert field_ids("id_area", hint="x", errors=["y"]) == "id_area-hint id_area-error"
    assert field_ids("id_area", hint="", errors=[]) == ""

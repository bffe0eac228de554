"""Registering a household on one page, without a script and without losing a word."""

import re
from datetime import date

import pytest
from django.test import Client

from tests.faces.desk.conftest import LogIn
from tests.faces.desk.reading import Values, form_on
from tests.factories.registry import identity
from yangguang.families.registry.models import Household
from yangguang.foundation.kernel.identity import check_digit
from yangguang.foundation.walls.context import acting, system

pytestmark = [pytest.mark.slow, pytest.mark.requirement(28)]

WHERE = "/households/register/"
VILLAGE = "370112001001"


@pytest.fixture
def clerk(families: list[Household], log_in: LogIn) -> Client:
    """Log in as the clerk of a village."""
    return log_in("village_clerk", VILLAGE)


def filled(page: str, **typed: object) -> Values:
    form = form_on(page, "rows")
    head = {
        "place-register_type": "rural", "place-source": "declared", "place-address": "柳树巷5号",
        "m0-name": "孟秀兰", "m0-number": identity(date(1958, 3, 4)), "m0-relation": "head",
        "m0-occupation": "elderly_person", "m0-marital": "widowed", "m0-is_counted": "on",
        "home-tenure": "owned", "income-declared_transfers": "2,400元",
        "spent-spent_medical": "0.8万",
    }  # fmt: skip
    given = {name.replace("__", "-"): value for name, value in typed.items()}
    return form | head | given  # type: ignore[return-value]


def count() -> int:
    with acting(system("3701")):
        return Household.objects.count()


@pytest.mark.requirement(42)
def test_a_household_is_registered_with_its_index_at_once(clerk: Client) -> None:
    before = count()
    answer = clerk.post(WHERE, filled(clerk.get(WHERE).text))
    assert answer.status_code == 302
    page = clerk.get(answer["Location"]).text
    assert re.search(r"已登记，户编号 [\w-]+。救助指数为 [\d.]+。", page)
    assert "孟秀兰 家庭" in page
    assert "2,400.00" in page
    assert count() == before + 1


def test_members_are_added_and_removed_by_name_without_losing_a_word(clerk: Client) -> None:
    page = clerk.post(WHERE, filled(clerk.get(WHERE).text, add="1")).text
    assert 'value="孟秀兰"' in page
    assert "data-error-summary" not in page
    second = {"m1__name": "孟小军", "m1__relation": "child"}
    page = clerk.post(WHERE, filled(page, add="1", **second)).text
    assert "删除 孟小军" in page
    page = clerk.post(WHERE, filled(page, remove="2", **second)).text
    assert "删除 孟小军" in page
    page = clerk.post(WHERE, filled(page, remove="1", **second)).text
    assert "孟小军" not in page
    assert 'value="孟秀兰"' in page


def test_a_family_of_two_is_registered(clerk: Client) -> None:
    page = clerk.post(WHERE, filled(clerk.get(WHERE).text, add="1")).text
    typed = filled(
        page, m1__name="孟小军", m1__relation="child", m1__occupation="minor",
        m1__marital="single", m1__number=identity(date(2014, 5, 6)), m1__student="compulsory",
        m1__is_counted="on",
    )  # fmt: skip
    answer = clerk.post(WHERE, typed)
    assert answer.status_code == 302
    assert "孟小军" in clerk.get(answer["Location"]).text


def test_every_fault_is_told_with_the_member_s_name_and_a_link(clerk: Client) -> None:
    number = identity(date(1958, 3, 4))
    wrong = number[:17] + ("0" if check_digit(number[:17]) != "0" else "1")
    typed = filled(clerk.get(WHERE).text, m0__number=wrong, home__tenure="", spent__spent_other="x")
    before = count()
    answer = clerk.post(WHERE, typed)
    assert answer.status_code == 422
    assert "<title>有误：" in answer.text
    assert "孟秀兰，身份证号：身份证号有误：末位校验码不符" in answer.text
    for field in ("id_m0-number", "id_home-tenure", "id_spent-spent_other"):
        assert f'href="#{field}"' in answer.text
        assert f'id="{field}"' in answer.text
    assert 'value="柳树巷5号"' in answer.text
    assert count() == before


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("place__phone", "abc", "联系电话应为11位手机号，或带区号的固定电话"),
        ("place__address", "长" * 201, "最多200个字"),
        ("place__group_name", "长" * 61, "最多60个字"),
        ("m0__name", "🙂", "姓名里有数字、图形或“|”等符号"),
        ("m0__name", "孟|兰", "姓名里有数字、图形或“|”等符号"),
        ("card__bank", "农商行|1", "开户行里有“|”"),
        ("card__bank", "长" * 81, "最多80个字"),
    ],
)
def test_a_text_that_cannot_stand_is_told_beside_its_field(
    clerk: Client, field: str, typed: str, words: str
) -> None:
    answer = clerk.post(WHERE, filled(clerk.get(WHERE).text, **{field: typed}))
    assert answer.status_code == 422
    assert words in answer.text


def test_two_heads_or_none_are_refused_in_words(clerk: Client) -> None:
    answer = clerk.post(WHERE, filled(clerk.get(WHERE).text, m0__relation="child"))
    assert answer.status_code == 422
    assert "没有户主" in answer.text


def test_somebody_registered_already_is_named_beside_the_member(clerk: Client) -> None:
    first = filled(clerk.get(WHERE).text)
    clerk.post(WHERE, first)
    before = count()
    answer = clerk.post(WHERE, filled(clerk.get(WHERE).text, m0__number=first["m0-number"]))
    assert answer.status_code == 422
    assert "已登记在" in answer.text
    assert 'href="#id_m0-number"' in answer.text
    assert count() == before


def test_a_newborn_needs_birth_and_sex(clerk: Client) -> None:
    answer = clerk.post(WHERE, filled(clerk.get(WHERE).text, m0__number=""))
    assert answer.status_code == 422
    assert answer.text.count("没有身份证号时须填写") >= 2


def test_a_village_outside_the_scope_cannot_be_chosen(clerk: Client) -> None:
    typed = filled(clerk.get(WHERE).text, place__village="370102001001")
    assert clerk.post(WHERE, typed).status_code == 422


def test_who_may_not_register_gets_neither_page_nor_button(
    families: list[Household], log_in: LogIn
) -> None:
    officer = log_in("city_officer", "370100000000")
    assert officer.get(WHERE).status_code == 403
    assert WHERE not in officer.get("/households/").text

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from yangguang.families.registry.rules.consistency import Known, doubts
from yangguang.families.registry.rules.troubles import trouble_class
from yangguang.families.registry.types import Marital, Occupation, Relation, Sex, Student

ON = date(2026, 11, 24)
HEAD = Known(
    name="王秀英", relation=Relation.HEAD, born=date(1980, 5, 1), sex=Sex.FEMALE,
    marital=Marital.MARRIED, occupation=Occupation.FLEXIBLE, employed=True,
)  # fmt: skip


def test_an_ordinary_family_raises_no_doubt():
    child = Known(
        name="张小强", relation=Relation.CHILD, born=date(2012, 9, 1), sex=Sex.MALE,
        marital=Marital.SINGLE, occupation=Occupation.MINOR, student=Student.COMPULSORY,
    )  # fmt: skip
    husband = replace(HEAD, name="张建国", relation=Relation.SPOUSE, sex=Sex.MALE)
    assert doubts([HEAD, husband, child], ON) == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"student": Student.COMPULSORY}, "student"),
        ({"unable_to_work": True}, "unable_to_work"),
        ({"disability_grade": 1}, "employed"),
        ({"born": date(2012, 1, 1), "marital": Marital.SINGLE}, "employed"),
        ({"born": date(2008, 1, 1)}, "marital"),
        ({"occupation": Occupation.ELDERLY}, "occupation"),
        ({"occupation": Occupation.MINOR}, "occupation"),
        ({"unsupported_child": True}, "unsupported_child"),
        ({"occupation": Occupation.REGISTERED_UNEMPLOYED, "employed": False,
          "monthly_income_fen": 1}, "monthly_income_fen"),
    ],
)  # fmt: skip
def test_facts_that_do_not_fit_are_a_warning(given: dict[str, Any], field: str):
    (doubt,) = doubts([replace(HEAD, **given)], ON)
    assert (doubt.name, doubt.field) == ("王秀英", field)
    assert doubt.words.endswith("请核对。")


def test_two_spouses_are_a_doubt_about_the_household():
    spouse = replace(HEAD, name="张建国", relation=Relation.SPOUSE, sex=Sex.MALE)
    (doubt,) = doubts([HEAD, spouse, spouse], ON)
    assert doubt.words.startswith("登记了2名配偶")


def test_a_child_older_than_the_head_is_a_doubt():
    child = replace(HEAD, name="张强", relation=Relation.CHILD, born=date(1979, 1, 1))
    (doubt,) = doubts([HEAD, child], ON)
    assert doubt.field == "relation"


def test_a_list_shows_the_class_of_trouble_only():
    assert trouble_class("severe", 2) == ("重病", "重度残疾")
    assert trouble_class(None, 4) == ("残疾",)
    assert trouble_class(None, None) == ()

"""Each value is explained line by line, and the lines add up."""

import re

import pytest
from hypothesis import given, settings

from tests.aid.index.households import ON, household, households, member
from yangguang.aid.index.rules.explain import explain, what_if
from yangguang.aid.index.rules.household import score
from yangguang.aid.index.rules.loading import SHIPPED, parse, shipped
from yangguang.aid.index.types import Household


@pytest.mark.slow
@pytest.mark.requirement(42, 91)
@given(family=households())
@settings(max_examples=80, deadline=None, derandomize=True)
def test_the_lines_add_up_exactly_to_both_indices(family: Household) -> None:
    told = explain(family, ON, shipped())
    assert told.adds_up_to == (told.h, told.a)
    assert told.score == score(family, ON, shipped())
    assert all(re.search("[一-鿿]", str(line.ground)) for line in told.lines)


def test_the_first_ground_says_what_is_left_against_the_standard() -> None:
    told = explain(household(income=3600.0), ON, shipped())
    assert str(told.lines[0].ground) == "扣除刚性支出后月人均 300 元，为低保标准 1,114 元的 27%"


def test_a_loss_has_the_minus_of_every_other_figure() -> None:
    spend = {"medical": 13_116.0, "education": 0.0, "rehabilitation": 0.0, "other": 0.0}
    told = explain(household(member(), spend=spend), ON, shipped())
    assert str(told.lines[0].ground).startswith("扣除刚性支出后月人均 −1,093 元")


def test_each_trouble_is_named_in_its_ground() -> None:
    family = household(
        member(
            "1940-01-01",
            illness="severe",
            disability_kind="visual",
            disability_grade=2,
        ),
        member("1985-01-01"),
        member("2010-01-01", student="compulsory"),
        dwelling_grade=None,
        tenure="none",
        floor_area=12.0,
        single_parent=True,
        property="edge",
        category="tekun",
        shocks=(
            {"kind": "accident", "date": "2026-10-01", "loss": 0.0, "main_worker_died": True},
            {"kind": "disaster", "date": "2026-09-01", "loss": 900.0, "main_worker_died": False},
        ),
    )
    told = explain(family, ON, shipped())
    assert [str(line.ground) for line in told.lines[1:]] == [
        "患重病 1 人",
        "二级视力残疾",
        "3 口人中 2 人无劳动能力",
        "有劳动能力的 1 人均未就业",
        "学前或义务教育在读 1 人",
        "无住房，人均面积 4.0 平方米（当地标准 15 平方米）",
        "2026-09-01 自然灾害，损失 900 元；2026-10-01 意外事故，主要劳动力死亡",
        "单亲抚养未成年子女，有 80 周岁以上老人",
    ]
    assert str(told.bonus_text).startswith("经济、健康、劳动")
    assert str(told.gate_text) == "财产超过低保限额、未超低保边缘限额，乘以 0.8"
    assert str(told.floor_text).startswith("属特困供养")


def test_what_if_says_which_indicators_move() -> None:
    change = what_if(household(), ON, shipped(), tenure="rented")
    assert change.moved == (("住房", 0.0, 50.0),)
    assert change.after.h == pytest.approx(change.before.h + 3.5)


def test_a_countys_own_indicator_has_its_own_line() -> None:
    text = SHIPPED.read_text(encoding="utf-8").replace(
        "local: []", "local: [{name: 养老困难, measure: elderly, weight: 4, reference: 示例}]"
    )
    model = parse(text)
    told = explain(household(member("1940-01-01")), ON, model)
    assert told.lines[-1].number == 10
    assert told.lines[-1].counted == 4.0
    assert told.adds_up_to == (told.h, told.a)

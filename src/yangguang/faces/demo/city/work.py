"""Schooling and work of each person, as age and health allow."""

from random import Random
from typing import Final

from yangguang.faces.demo.city.chance import Table, between
from yangguang.faces.demo.city.types import MIND, Soul
from yangguang.families.registry.types import Illness, Occupation, Relation, Student

# 示例: full-time schooling by age, from, below, share.
_SCHOOLING: Final = (
    (3, 6, Student.PRESCHOOL, 0.82),
    (6, 16, Student.COMPULSORY, 0.99),
    (16, 19, Student.UPPER, 0.84),
    (19, 23, Student.UPPER, 0.46),
)
_EMPLOYERS: Final = Table(
    [
        ("本地个体餐饮店", 18),
        ("建筑工地", 20),
        ("物业公司", 14),
        ("家政服务", 10),
        ("服装加工厂", 9),
        ("农产品市场", 12),
        ("快递站点", 8),
        ("环卫所", 9),
    ]
)


def occupy(rng: Random, soul: Soul, county: str) -> None:
    """Draw what a person does: learns, works, looks for work, or none of these."""
    _study(rng, soul, county)
    if soul.student is None and 16 <= soul.age < 72:
        _employ(rng, soul)
    soul.occupation = _occupation(rng, soul)


def _study(rng: Random, soul: Soul, county: str) -> None:
    if soul.relation not in (Relation.CHILD, Relation.GRANDCHILD, Relation.HEAD) or soul.age > 22:
        return
    if soul.relation is Relation.HEAD and soul.age > 18:
        return
    heavy = (soul.disability_grade or 5) <= 2
    for first, below, student, share in _SCHOOLING:
        if first <= soul.age < below:
            odds = share * (0.55 if heavy or soul.disability_kind in MIND else 1.0)
            if rng.random() < odds:
                soul.student = student
                soul.school = _school(rng, soul.age, county)
            return


def _school(rng: Random, age: int, county: str) -> str:
    number = rng.randint(1, 12)
    if age >= 19:
        return rng.choice(("省内高校", "省内高职院校", "省外高校"))
    for below, word in ((6, "幼儿园"), (12, "小学"), (16, "初级中学"), (19, "高级中学")):
        if age < below:
            return f"{county}第{number}{word}（示例）"
    return ""


def _employ(rng: Random, soul: Soul) -> None:
    odds = _odds_of_work(soul)
    if rng.random() >= odds:
        return
    soul.employed = True
    soul.unable = False
    if soul.age < 60 and rng.random() < 0.34:
        soul.employer = _EMPLOYERS.draw(rng)
        soul.monthly_fen = between(rng, 1700, 3400, 50)
    else:
        soul.monthly_fen = between(rng, 600, 2400, 50)
    if soul.age >= 60:
        soul.monthly_fen = between(rng, 150, 700, 50)


def _odds_of_work(soul: Soul) -> float:
    if soul.age >= 60:
        return 0.10 if soul.illness is None and soul.disability_kind is None else 0.02
    grade = soul.disability_grade
    if soul.unable or (grade is not None and (grade <= 2 or soul.disability_kind in MIND)):
        return 0.03
    if soul.illness is Illness.SEVERE:
        return 0.18
    if grade is not None or soul.illness is Illness.CHRONIC:
        return 0.46
    return 0.68


def _occupation(rng: Random, soul: Soul) -> Occupation:
    if soul.age >= 60:
        return Occupation.ELDERLY
    if soul.age < 18:
        return Occupation.EMPLOYED if soul.employed else Occupation.MINOR
    if soul.employed:
        return Occupation.EMPLOYED if soul.employer else Occupation.FLEXIBLE
    if soul.without_labour:
        return Occupation.UNEMPLOYABLE
    if rng.random() < 0.3:
        return Occupation.REGISTERED_UNEMPLOYED
    return Occupation.UNREGISTERED_UNEMPLOYED

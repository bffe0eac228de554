"""What does not fit together among a household's facts: warnings, never refusals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yangguang.families.registry.types import (
    Marital,
    Occupation,
    Relation,
    Sex,
    Student,
)
from yangguang.foundation.kernel.periods import age_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of one member when facts are held against each other."""

    name: str
    relation: Relation
    born: date
    sex: Sex
    marital: Marital
    occupation: Occupation
    student: Student | None = None
    employed: bool = False
    unable_to_work: bool = False
    disability_grade: int | None = None
    monthly_income_fen: int = 0
    unsupported_child: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """One warning: whom it concerns (empty for the household), which field, and the words."""

    name: str
    field: str
    words: str


# Usual ages; older and younger students exist, hence doubts only. 示例: not set by any rule.
_STUDENT_AGES = {Student.PRESCHOOL: (2, 7), Student.COMPULSORY: (5, 18), Student.UPPER: (14, 30)}
_MAY_WORK, _MAY_MARRY_MALE, _MAY_MARRY_FEMALE = 16, 22, 20  # 劳动法第15条；民法典第1047条
_ELDER, _ADULT = 60, 18


def doubts(members: Sequence[Known], on: date) -> list[Doubt]:
    """List what does not fit, in the order of the members, then of the household."""
    found = [doubt for member in members for doubt in _of_member(member, age_on(member.born, on))]
    spouses = [member for member in members if member.relation == Relation.SPOUSE]
    heads = [member for member in members if member.relation == Relation.HEAD]
    if len(spouses) > 1:
        found.append(Doubt("", "relation", f"登记了{len(spouses)}名配偶。请核对与户主关系。"))
    if spouses and heads and heads[0].marital != Marital.MARRIED:
        found.append(
            Doubt(heads[0].name, "marital", "家中有配偶，户主的婚姻状况却不是已婚。请核对。")
        )
    return found + _generations(members, heads)


def _of_member(member: Known, age: int) -> list[Doubt]:
    checks = (_school(member, age), _work(member, age), _ability(member), _marriage(member, age),
              _stage(member, age))  # fmt: skip
    return [doubt for doubt in checks if doubt]


def _school(member: Known, age: int) -> Doubt | None:
    if member.student is None:
        return None
    low, high = _STUDENT_AGES[member.student]
    if low <= age <= high:
        return None
    return Doubt(
        member.name, "student", f"{age}岁在读“{member.student.label}”，年龄不常见。请核对。"
    )


def _work(member: Known, age: int) -> Doubt | None:
    if member.employed and age < _MAY_WORK:
        return Doubt(member.name, "employed", f"{age}岁登记为就业，未满{_MAY_WORK}周岁。请核对。")
    if member.monthly_income_fen and not member.employed and member.occupation in (
        Occupation.REGISTERED_UNEMPLOYED, Occupation.UNREGISTERED_UNEMPLOYED
    ):  # fmt: skip
        return Doubt(member.name, "monthly_income_fen", "登记为失业，却有月收入。请核对。")
    return None


def _ability(member: Known) -> Doubt | None:
    if member.employed and member.unable_to_work:
        return Doubt(member.name, "unable_to_work", "既登记为就业，又登记为无劳动能力。请核对。")
    if member.employed and member.disability_grade == 1:
        return Doubt(member.name, "employed", "一级残疾登记为就业。请核对。")
    return None


def _marriage(member: Known, age: int) -> Doubt | None:
    line = _MAY_MARRY_FEMALE if member.sex == Sex.FEMALE else _MAY_MARRY_MALE
    if member.marital != Marital.SINGLE and age < line:
        return Doubt(
            member.name, "marital", f"{age}岁登记为{member.marital.label}，未到法定婚龄。请核对。"
        )
    return None


def _stage(member: Known, age: int) -> Doubt | None:
    if member.occupation == Occupation.ELDERLY and age < _ELDER:
        return Doubt(member.name, "occupation", f"{age}岁登记为老年人，未满{_ELDER}周岁。请核对。")
    if member.occupation == Occupation.MINOR and age >= _ADULT:
        return Doubt(
            member.name, "occupation", f"{age}岁登记为未成年人，已满{_ADULT}周岁。请核对。"
        )
    if member.unsupported_child and age >= _ADULT:
        return Doubt(
            member.name, "unsupported_child", f"{age}岁登记为孤儿或事实无人抚养儿童。请核对。"
        )
    return None


def _generations(members: Sequence[Known], heads: Sequence[Known]) -> list[Doubt]:
    if not heads:
        return []
    head = heads[0]
    younger = (Relation.CHILD, Relation.GRANDCHILD)
    older = (Relation.PARENT, Relation.GRANDPARENT)
    return [
        Doubt(
            member.name, "relation", f"登记为户主的{member.relation.label}，年龄却不相称。请核对。"
        )
        for member in members
        if (member.relation in younger and member.born <= head.born)
        or (member.relation in older and member.born >= head.born)
    ]

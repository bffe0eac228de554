"""Reads one household's facts as of a date: counts of members, money a head, aid received."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from msgspec import Struct

from yangguang.aid.index.rules.arithmetic import limbs
from yangguang.aid.index.rules.model import Facts as Reading
from yangguang.aid.index.types import Aid, Household, Member, Shock
from yangguang.families.registry.types import Illness, Student
from yangguang.foundation.kernel.periods import years_before


class Births(Struct, frozen=True):
    """The latest births of those who have completed the ages that matter, on one date."""

    child: date
    minor: date
    elder: date
    alone: date
    aged: date


class People(Struct, frozen=True):
    """What the members count up to; `without` those without labour power, `employed` able ones."""

    size: int
    severe: int
    chronic: int
    grade_1: int
    grade_2: int
    grade_3: int
    grade_3_mind: int
    grade_4: int
    without: int
    employed: int
    upper: int
    lower: int
    unsupported: bool
    minor: bool
    elder: bool
    all_elder: bool
    alone: bool
    aged: bool
    bereft: bool


class Money(Struct, frozen=True):
    """y, r and y − r in yuan a head and month; `base` is Y′ in yuan a year."""

    y: float
    r: float
    left: float
    base: float


class Received(Struct, frozen=True):
    """V and its nine parts, yuan a year, and the date of the last payment that counted."""

    v: float = 0.0
    by_type: dict[str, float] = {}
    last_payment: date | None = None


def births(on: date, reading: Reading) -> Births:
    """Give the births that complete the model's ages on a date."""
    return _births(
        on,
        reading.child_under,
        reading.minor_under,
        reading.elder_from,
        reading.alone_from,
        reading.aged_from,
    )


@lru_cache(maxsize=64)
def _births(on: date, *ages: int) -> Births:
    """Give the births for so many completed years each."""
    return Births(*(years_before(on, age) for age in ages))


def without_labour(member: Member, lines: Births, reading: Reading) -> bool:
    """Tell whether a member has no labour power.

    Under 16; 60 and over; in full-time education; disability grade 1–2, or 3 of the intellectual
    or mental kind; certified unable to work.
    """
    if member.unable_to_work or member.student is not None:
        return True
    if member.born > lines.child or member.born <= lines.elder:
        return True
    if member.disability_grade is None:
        return False
    if member.disability_kind in ("intellectual", "mental"):
        return member.disability_grade in reading.without_labour_mind_grades
    return member.disability_grade in reading.without_labour_grades


def people(members: Sequence[Member], on: date, reading: Reading) -> People:
    """Count the members as of a date."""
    lines = births(on, reading)
    able = [member for member in members if not without_labour(member, lines, reading)]
    illnesses = [member.illness for member in members if member.illness]
    students = [member.student for member in members if member.student]
    grades = [_grade(member) for member in members if member.disability_grade]
    born = [member.born for member in members]
    first, last, size = min(born), max(born), len(members)
    return People(
        size=size,
        severe=illnesses.count(Illness.SEVERE),
        chronic=illnesses.count(Illness.CHRONIC),
        grade_1=grades.count(1),
        grade_2=grades.count(2),
        grade_3=grades.count(3),
        grade_3_mind=grades.count(0),
        grade_4=grades.count(4),
        without=size - len(able),
        employed=sum([member.employed for member in able]),
        upper=students.count(Student.UPPER),
        lower=len(students) - students.count(Student.UPPER),
        unsupported=any(member.unsupported_child for member in members),
        minor=last > lines.minor,
        elder=first <= lines.elder,
        all_elder=last <= lines.elder,
        alone=size == 1 and first <= lines.alone,
        aged=first <= lines.aged,
        bereft=any(m.born <= lines.minor for m in members if m.marital in ("widowed", "divorced")),
    )


def _grade(member: Member) -> int:
    """Give the grade; 0 for grade 3 of the intellectual or mental kind."""
    mind = member.disability_kind in ("intellectual", "mental")
    return 0 if mind and member.disability_grade == 3 else member.disability_grade or 0


def money(household: Household, reading: Reading) -> Money:
    """Spread income and rigid spending over heads and months."""
    spend, size = household.spend, len(household.members)
    total = spend.medical + spend.education + spend.rehabilitation + spend.other
    y, r = household.income / 12 / size, total / 12 / size
    floor = reading.income_floor_months * household.standard * size
    return Money(y=y, r=r, left=y - r, base=max(household.income, floor))


def age_in_days(event: date, on: date, reading: Reading) -> int | None:
    """Give the days since an event, None when it lies after `on` or has wholly faded."""
    days = (on - event).days
    return days if 0 <= days < reading.fade_days else None


def fade(event: date, on: date, reading: Reading) -> float:
    """Give what is left of an event: 1 on its day, 0 after a year, 0 while it is to come."""
    days = age_in_days(event, on, reading)
    return 0.0 if days is None else (reading.fade_days - days) / reading.fade_days


def disaster_loss(shocks: Sequence[Shock], on: date, reading: Reading) -> float:
    """Sum the losses of natural disasters that have not wholly faded, yuan."""
    losses = [
        limbs(shock.loss)
        for shock in shocks
        if shock.kind == "disaster" and age_in_days(shock.date, on, reading) is not None
    ]
    return sum([coarse for coarse, _ in losses]) + sum([fine for _, fine in losses])


def worth(aid: Aid, day: date, on: date, reading: Reading) -> float:
    """Give the share of one payment that counts.

    One-off aid fades from its payment; continuing aid counts the year before `on`, or, once
    stopped, the year before it stopped, faded since then.
    """
    if not aid.continuing:
        return fade(day, on, reading)
    stopped = aid.stopped
    if stopped is None or stopped >= on:
        return 0.0 if age_in_days(day, on, reading) is None else 1.0
    return 0.0 if age_in_days(day, stopped, reading) is None else fade(stopped, on, reading)


def received(entries: Sequence[Aid], on: date, reading: Reading) -> Received:
    """Sum the aid that counts on a date; a failed entry counts nothing, not even its promise."""
    coarse: dict[str, float] = {}
    fine: dict[str, float] = {}
    last = None
    for aid in entries:
        if aid.failed:
            continue
        kind = str(aid.type)
        amounts = [aid.promised]
        for day, amount in aid.payments:
            value = amount * worth(aid, day, on, reading)
            if value > 0:
                amounts.append(value)
                last = day if last is None or day > last else last
        for value in amounts:
            high, low = limbs(value)
            coarse[kind] = coarse.get(kind, 0.0) + high
            fine[kind] = fine.get(kind, 0.0) + low
    return Received(
        v=sum(coarse.values()) + sum(fine.values()),
        by_type={kind: coarse[kind] + fine[kind] for kind in coarse},
        last_payment=last,
    )

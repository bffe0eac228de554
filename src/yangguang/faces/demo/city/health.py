"""Illness, disability and what they leave of the power to work and of caring for oneself."""

from random import Random
from typing import Final

from yangguang.faces.demo.city.chance import Table
from yangguang.faces.demo.city.types import MIND, Soul
from yangguang.families.registry.types import DisabilityKind, Illness

# 示例, up to an age: share severely ill, share chronically ill, share with a disability. The needy
# are iller than the whole people; only the rise with age is taken from common knowledge.
_BY_AGE: Final = (
    (16, 0.02, 0.02, 0.06),
    (40, 0.05, 0.08, 0.24),
    (60, 0.10, 0.20, 0.22),
    (75, 0.10, 0.36, 0.14),
    (999, 0.12, 0.44, 0.16),
)
# Kinds by share of all disabled people: 第二次全国残疾人抽样调查主要数据公报 (2006), in per mille.
_KINDS: Final = Table(
    [
        (DisabilityKind.VISUAL, 149),
        (DisabilityKind.HEARING, 242),
        (DisabilityKind.SPEECH, 15),
        (DisabilityKind.PHYSICAL, 291),
        (DisabilityKind.INTELLECTUAL, 67),
        (DisabilityKind.MENTAL, 74),
        (DisabilityKind.MULTIPLE, 163),
    ]
)
# 示例: below sixty the register holds those whom it kept from work: limbs and mind.
_KINDS_YOUNG: Final = Table(
    [
        (DisabilityKind.VISUAL, 80),
        (DisabilityKind.HEARING, 75),
        (DisabilityKind.SPEECH, 20),
        (DisabilityKind.PHYSICAL, 340),
        (DisabilityKind.INTELLECTUAL, 205),
        (DisabilityKind.MENTAL, 200),
        (DisabilityKind.MULTIPLE, 80),
    ]
)
# 示例: heavier than among all (the survey counts 29.6 % in grades 1 and 2).
_GRADES: Final = Table([(1, 17), (2, 29), (3, 29), (4, 25)])
_SEVERE: Final = Table(
    [
        ("恶性肿瘤", 34),
        ("终末期肾病", 12),
        ("重性精神疾病", 10),
        ("急性心肌梗死", 8),
        ("脑卒中后遗症", 18),
        ("再生障碍性贫血", 2),
        ("血友病", 1),
        ("慢性肝硬化", 6),
        ("器官移植抗排异", 3),
        ("系统性红斑狼疮", 4),
        ("儿童白血病", 2),
    ]
)
_CHRONIC: Final = Table(
    [
        ("高血压", 34),
        ("糖尿病", 22),
        ("慢性阻塞性肺疾病", 12),
        ("冠心病", 14),
        ("类风湿关节炎", 10),
        ("肺结核", 3),
        ("癫痫", 5),
    ]
)


def ail(rng: Random, soul: Soul) -> None:
    """Draw illness and disability by age, then what follows from them."""
    severe, chronic, disabled = next(row[1:] for row in _BY_AGE if soul.age < row[0])
    luck = rng.random()
    if luck < severe:
        soul.illness = Illness.SEVERE
        soul.disease = _severe(rng, soul.age)
    elif luck < severe + chronic:
        soul.illness = Illness.CHRONIC
        soul.disease = "癫痫" if soul.age < 16 else _CHRONIC.draw(rng)
    if rng.random() < disabled:
        disable(rng, soul)
    _working_power(rng, soul)


def disable(rng: Random, soul: Soul) -> None:
    """Give a disability with its grade; nearly all hold the card."""
    soul.disability_kind = (_KINDS_YOUNG if soul.age < 60 else _KINDS).draw(rng)
    soul.disability_grade = _GRADES.draw(rng)
    soul.card = rng.random() < 0.93
    _working_power(rng, soul)


def _severe(rng: Random, age: int) -> str:
    disease = _SEVERE.draw(rng)
    if age < 16:
        return disease if disease in ("再生障碍性贫血", "血友病", "儿童白血病") else "儿童白血病"
    return "恶性肿瘤" if disease == "儿童白血病" else disease


def _working_power(rng: Random, soul: Soul) -> None:
    """Certify some of working age as unable, and count the six acts the old cannot do alone."""
    grade = soul.disability_grade or 5
    if 16 <= soul.age < 60:
        odds = 0.45 if soul.illness is Illness.SEVERE else 0.0
        odds = max(odds, 0.25 if grade == 3 else 0.0)
        soul.unable = rng.random() < odds
    if grade == 1 or (soul.age >= 80 and rng.random() < 0.35):
        mind = soul.disability_kind in MIND
        soul.self_care_failed = rng.randint(0, 4) if mind else rng.randint(1, 6)

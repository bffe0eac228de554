"""The grounds of each indicator, a Chinese sentence made of the family's own facts."""

from collections.abc import Iterable
from datetime import date

from yangguang.aid.index.rules.facts import fade
from yangguang.aid.index.rules.household import Measures
from yangguang.aid.index.rules.model import Model
from yangguang.aid.index.types import Household
from yangguang.families.registry.types import DisabilityKind, ShockKind, Tenure

_DISABILITIES = dict(DisabilityKind.pairs())
_TENURES = dict(Tenure.pairs())
_SHOCKS = dict(ShockKind.pairs())


def grounds_of(household: Household, steps: Measures, on: date, model: Model) -> tuple[str, ...]:
    """Give the nine grounds in order; names no person."""
    return (
        _living(household, steps),
        _illness(steps),
        _disability(household),
        f"{steps.people.size} 口人中 {steps.people.without} 人无劳动能力",
        _employment(steps),
        _education(steps),
        _housing(household, steps),
        _shock(household, on, model),
        _structure(household, steps, model),
    )


def _living(household: Household, steps: Measures) -> str:
    """What is left, against the standard."""
    left, standard = steps.money.left, household.standard
    share = max(0.0, left) / standard
    return f"扣除刚性支出后月人均 {left:,.0f} 元，为低保标准 {standard:,.0f} 元的 {share:.0%}"


def _joined(parts: Iterable[tuple[int, str]], otherwise: str) -> str:
    """Say how many of what, or something else when there are none."""
    return "，".join(f"{what} {count} 人" for count, what in parts if count) or otherwise


def _illness(steps: Measures) -> str:
    """Who is ill."""
    who = steps.people
    return _joined(((who.severe, "患重病"), (who.chronic, "患慢性病")), "无人患重病或慢性病")


def _disability(household: Household) -> str:
    """Each disability by grade and kind."""
    found = sorted(
        (member.disability_grade, _DISABILITIES[member.disability_kind])
        for member in household.members
        if member.disability_grade is not None and member.disability_kind is not None
    )
    return "、".join(f"{'一二三四'[grade - 1]}级{label}" for grade, label in found) or "无残疾成员"


def _employment(steps: Measures) -> str:
    """Who of the able works."""
    who = steps.people
    able = who.size - who.without
    if not able:
        return "家中无有劳动能力的成员"
    if not who.employed:
        return f"有劳动能力的 {able} 人均未就业"
    return f"有劳动能力的 {able} 人中 {able - who.employed} 人未就业"


def _education(steps: Measures) -> str:
    """Who studies."""
    who = steps.people
    stages = ((who.upper, "高中及以上在读"), (who.lower, "学前或义务教育在读"))
    return _joined(stages, "无人在读")


def _housing(household: Household, steps: Measures) -> str:
    """The dwelling as it is."""
    parts = [_TENURES[household.tenure]]
    if household.tenure != "none":
        parts[0] = f"住房{parts[0]}"
    if household.dwelling_grade:
        parts.append(f"房屋安全{household.dwelling_grade}级")
    if household.floor_area is not None:
        area = household.floor_area / steps.people.size
        parts.append(f"人均面积 {area:.1f} 平方米（当地标准 {household.area_line:g} 平方米）")
    return "，".join(parts)


def _shock(household: Household, on: date, model: Model) -> str:
    """The events that still count."""
    events = [event for event in household.shocks if fade(event.date, on, model.facts)]
    return (
        "；".join(
            f"{event.date:%Y-%m-%d} {_SHOCKS[event.kind]}，"
            + ("主要劳动力死亡" if event.main_worker_died else f"损失 {event.loss:,.0f} 元")
            for event in sorted(events, key=lambda event: event.date)
        )
        or "近一年无突发事件"
    )


def _structure(household: Household, steps: Measures, model: Model) -> str:
    """How the family is made up."""
    who, facts = steps.people, model.facts
    found = (
        (who.unsupported, "有孤儿或事实无人抚养儿童"),
        (who.alone, f"{facts.alone_from} 周岁以上独居"),
        (household.single_parent and who.minor, "单亲抚养未成年子女"),
        (household.only_child_lost, "独生子女死亡或伤残"),
        (who.aged, f"有 {facts.aged_from} 周岁以上老人"),
    )
    return "，".join(text for holds, text in found if holds) or "家庭结构无特殊负担"

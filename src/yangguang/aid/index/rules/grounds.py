"""The grounds of each indicator, a sentence made of the family's own facts."""

from datetime import date

from yangguang.aid.index.rules.facts import fade
from yangguang.aid.index.rules.household import Measures
from yangguang.aid.index.rules.model import Model
from yangguang.aid.index.types import Household, Shock
from yangguang.families.registry.types import DisabilityKind, ShockKind, Tenure
from yangguang.foundation.kernel.sayings import (
    Saying,
    count_saying,
    listing,
    saying,
    translatable,
)

_DISABILITIES = dict(DisabilityKind.pairs())
_TENURES = dict(Tenure.pairs())
_SHOCKS = dict(ShockKind.pairs())
_MINUS = "\u2212"  # as every other figure of the pages is written
_GRADES = (
    translatable("一级%(kind)s"),
    translatable("二级%(kind)s"),
    translatable("三级%(kind)s"),
    translatable("四级%(kind)s"),
)


def grounds_of(household: Household, steps: Measures, on: date, model: Model) -> tuple[Saying, ...]:
    """Give the nine grounds in order; names no person."""
    who = steps.people
    return (
        _living(household, steps),
        _illness(steps),
        _disability(household),
        count_saying("%(n)d 口人中 %(without)d 人无劳动能力", who.size, {"without": who.without}),
        _employment(steps),
        _education(steps),
        _housing(household, steps),
        _shock(household, on, model),
        _structure(household, steps, model),
    )


def _living(household: Household, steps: Measures) -> Saying:
    """What is left, against the standard."""
    left, standard = steps.money.left, household.standard
    return saying(
        "扣除刚性支出后月人均 %(left)s 元，为低保标准 %(standard)s 元的 %(share)s",
        {
            "left": f"{left:,.0f}".replace("-", _MINUS),
            "standard": f"{standard:,.0f}",
            "share": f"{max(0.0, left) / standard:.0%}",
        },
    )


def _illness(steps: Measures) -> Saying:
    """Who is ill."""
    who, found = steps.people, []
    if who.severe:
        found.append(count_saying("患重病 %(n)d 人", who.severe, {}))
    if who.chronic:
        found.append(count_saying("患慢性病 %(n)d 人", who.chronic, {}))
    return listing(found) if found else saying("无人患重病或慢性病", {})


def _disability(household: Household) -> Saying:
    """Each disability by grade and kind."""
    found = sorted(
        (member.disability_grade, _DISABILITIES[member.disability_kind])
        for member in household.members
        if member.disability_grade is not None and member.disability_kind is not None
    )
    told = [saying(_GRADES[grade - 1], {"kind": Saying(label)}) for grade, label in found]
    return listing(told, translatable("、")) if told else saying("无残疾成员", {})


def _employment(steps: Measures) -> Saying:
    """Who of the able works."""
    who = steps.people
    able = who.size - who.without
    if not able:
        return saying("家中无有劳动能力的成员", {})
    if not who.employed:
        return count_saying("有劳动能力的 %(n)d 人均未就业", able, {})
    return count_saying(
        "有劳动能力的 %(n)d 人中 %(idle)d 人未就业", able, {"idle": able - who.employed}
    )


def _education(steps: Measures) -> Saying:
    """Who studies."""
    who, found = steps.people, []
    if who.upper:
        found.append(count_saying("高中及以上在读 %(n)d 人", who.upper, {}))
    if who.lower:
        found.append(count_saying("学前或义务教育在读 %(n)d 人", who.lower, {}))
    return listing(found) if found else saying("无人在读", {})


def _housing(household: Household, steps: Measures) -> Saying:
    """The dwelling as it is."""
    tenure = Saying(_TENURES[household.tenure])
    homeless = household.tenure == "none"
    parts = [tenure if homeless else saying("住房%(tenure)s", {"tenure": tenure})]
    if household.dwelling_grade:
        parts.append(saying("房屋安全%(grade)s级", {"grade": household.dwelling_grade}))
    if household.floor_area is not None:
        area = household.floor_area / steps.people.size
        parts.append(
            saying(
                "人均面积 %(area)s 平方米（当地标准 %(line)s 平方米）",
                {"area": f"{area:.1f}", "line": f"{household.area_line:g}"},
            )
        )
    return listing(parts)


def _shock(household: Household, on: date, model: Model) -> Saying:
    """The events that still count."""
    events = [event for event in household.shocks if fade(event.date, on, model.facts)]
    told = [_event(event) for event in sorted(events, key=lambda event: event.date)]
    return listing(told, translatable("；")) if told else saying("近一年无突发事件", {})


def _event(event: Shock) -> Saying:
    """One event with its day, and what it took."""
    known: dict[str, str | int | Saying] = {
        "day": event.date.isoformat(),
        "kind": Saying(_SHOCKS[event.kind]),
    }
    if event.main_worker_died:
        return saying("%(day)s %(kind)s，主要劳动力死亡", known)
    return saying("%(day)s %(kind)s，损失 %(loss)s 元", {**known, "loss": f"{event.loss:,.0f}"})


def _structure(household: Household, steps: Measures, model: Model) -> Saying:
    """How the family is made up."""
    who, facts = steps.people, model.facts
    found = (
        (who.unsupported, saying("有孤儿或事实无人抚养儿童", {})),
        (who.alone, saying("%(age)d 周岁以上独居", {"age": facts.alone_from})),
        (household.single_parent and who.minor, saying("单亲抚养未成年子女", {})),
        (household.only_child_lost, saying("独生子女死亡或伤残", {})),
        (who.aged, saying("有 %(age)d 周岁以上老人", {"age": facts.aged_from})),
    )
    told = [text for holds, text in found if holds]
    return listing(told) if told else saying("家庭结构无特殊负担", {})

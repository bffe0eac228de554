"""The nine indicators and the nine type indices of one household, each a few lines of policy."""

from collections.abc import Iterable, Sequence
from datetime import date

from yangguang.aid.index.rules.facts import Money, People, fade
from yangguang.aid.index.rules.model import Disabled, Ill, Model
from yangguang.aid.index.types import Household, Shock


def stacked(counts: Iterable[tuple[float, int]], others: float, cap: float) -> float:
    """Count the largest points in full and the others by a share, up to a cap.

    `counts` gives (points, members).
    """
    total = top = 0.0
    for points, members in counts:
        total += points * members
        if members and points > top:
            top = points
    return min(cap, top + (total - top) * others)


def illness_points(people: People, table: Ill) -> float:
    """Each ill member by severity; the largest and half of the others."""
    counts = ((table.severe, people.severe), (table.chronic, people.chronic))
    return stacked(counts, table.others, table.cap)


def disability_points(people: People, table: Disabled) -> float:
    """Each disabled member by grade; the largest and half of the others."""
    counts = (
        (table.grade_1, people.grade_1),
        (table.grade_2, people.grade_2),
        (table.grade_3, people.grade_3),
        (table.grade_3_mind, people.grade_3_mind),
        (table.grade_4, people.grade_4),
    )
    return stacked(counts, table.others, table.cap)


def employment_points(people: People, model: Model) -> float:
    """The unemployed among the able; in full when none is able or none employed."""
    table = model.indicators.employment
    able = people.size - people.without
    if not people.employed:
        return table.none_employed
    return table.part_employed * (able - people.employed) / able


def education_points(people: People, model: Model) -> float:
    """Each student by stage, up to a cap."""
    table = model.indicators.education
    return min(table.cap, table.upper * people.upper + table.lower * people.lower)


def housing_points(household: Household, size: int, model: Model) -> float:
    """The largest of grade, tenure and space; public rental adds nothing by itself."""
    table = model.indicators.housing
    grade = {"D": table.grade_d, "C": table.grade_c}.get(household.dwelling_grade or "", 0.0)
    home = {"none": table.no_home, "rented": table.rented, "borrowed": table.borrowed}
    area = household.floor_area
    small = area is not None and area / size < household.area_line
    return max(grade, home.get(household.tenure, 0.0), table.small if small else 0.0)


def shock_points(shocks: Sequence[Shock], base: float, on: date, model: Model) -> float:
    """The largest event: death of the main worker or loss over Y′ (`base`), faded."""
    table, largest = model.indicators.shock, 0.0
    for shock in shocks:
        left = fade(shock.date, on, model.facts)
        if left:
            points = (
                table.main_worker_died if shock.main_worker_died else table.knots(shock.loss / base)
            )
            largest = max(largest, points * left)
    return largest


def structure_points(household: Household, people: People, model: Model) -> float:
    """The largest burden of how the family is made up."""
    table = model.indicators.structure
    return max(
        table.unsupported_child if people.unsupported else 0.0,
        table.alone if people.alone else 0.0,
        table.single_parent if household.single_parent and people.minor else 0.0,
        table.only_child_lost if household.only_child_lost else 0.0,
        table.aged if people.aged else 0.0,
    )


def points_of(
    household: Household, people: People, money: Money, on: date, model: Model
) -> tuple[float, ...]:
    """Give the points of indicators 1 to 9, unrounded."""
    indicators = model.indicators
    return (
        indicators.living.knots(max(0.0, money.left) / household.standard),
        illness_points(people, indicators.illness),
        disability_points(people, indicators.disability),
        indicators.labour.all_without * people.without / people.size,
        employment_points(people, model),
        education_points(people, model),
        housing_points(household, people.size, model),
        shock_points(household.shocks, money.base, on, model),
        structure_points(household, people, model),
    )


def elderly_points(people: People, model: Model) -> float:
    """Old age: alone, all old, one very old, one old."""
    table = model.types.elderly
    return max(
        table.alone if people.alone else 0.0,
        table.all_elder if people.all_elder else 0.0,
        table.aged if people.aged else 0.0,
        table.elder if people.elder else 0.0,
    )


def family_points(household: Household, people: People, model: Model) -> float:
    """Marriage and family: child without support, single parent, lost child, bereft with burden."""
    table = model.types.family
    return max(
        table.unsupported_child if people.unsupported else 0.0,
        table.single_parent if household.single_parent and people.minor else 0.0,
        table.only_child_lost if household.only_child_lost else 0.0,
        table.bereft if people.bereft and people.without else 0.0,
    )


def types_of(
    household: Household,
    people: People,
    money: Money,
    points: Sequence[float],
    on: date,
    model: Model,
) -> tuple[float, ...]:
    """Give the nine type indices before aid and gate, in the order of `AidType`."""
    spend, ratio, types = household.spend, model.facts.spending, model.types
    medical, education = types.medical, types.education
    disasters = [shock for shock in household.shocks if shock.kind == "disaster"]
    return (
        points[0],
        (medical.points * points[1] + medical.ratio * ratio(spend.medical / money.base))
        / (medical.points + medical.ratio),
        points[2],
        (education.points * points[5] + education.ratio * ratio(spend.education / money.base))
        / (education.points + education.ratio),
        points[6],
        points[4] if people.size - people.without > people.employed else 0.0,
        elderly_points(people, model),
        family_points(household, people, model),
        shock_points(disasters, money.base, on, model) if disasters else 0.0,
    )

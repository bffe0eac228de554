"""What a made city stands in: its villages, standards, service bodies and people."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from random import Random

from yangguang.aid.index.queries import sizes
from yangguang.faces.demo.city.making import Rates
from yangguang.faces.demo.city.places import (
    CENTRES,
    CITY,
    COUNTY,
    JOINED_LATER,
    POINTS,
    STATIONS,
    TOWN,
    VILLAGE,
)
from yangguang.faces.demo.city.types import Place
from yangguang.families.registry.types import RegisterType
from yangguang.foundation.accounts.actions import appoint
from yangguang.foundation.accounts.rules.roles import (
    CityOfficer,
    CountyApprover,
    CountyPlanner,
    SecurityAdministrator,
    TownshipReviewer,
    VillageClerk,
)
from yangguang.foundation.catalogue.queries import standards
from yangguang.foundation.catalogue.rules.choosing import MissingPolicy, line_for
from yangguang.foundation.catalogue.types import StandardGroup, StandardView
from yangguang.foundation.divisions.actions import open_bodies
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.divisions.queries import tree
from yangguang.foundation.divisions.types import AreaView, BodyFacts, BodyKind, Level
from yangguang.foundation.walls.context import Actor

PEOPLE = (
    ("cunju", "协理员甲", VillageClerk.code, VILLAGE),
    ("jiedao", "审核员乙", TownshipReviewer.code, TOWN),
    ("fangan", "方案员丙", CountyPlanner.code, COUNTY),
    ("shenpi", "审批员丁", CountyApprover.code, COUNTY),
    ("shiji", "管理员戊", CityOfficer.code, CITY),
    ("anquan", "安全员己", SecurityAdministrator.code, CITY),
    ("anquan2", "安全员庚", SecurityAdministrator.code, CITY),
)
"""Log-in name, name, role and area of the made city's people; two of security, for four eyes."""

OPENED = date(2011, 6, 14)


def areas_of_2011() -> list[AreaView]:
    """List the areas of the founding day, parents first: without 莱芜 and 钢城."""
    return [area for area in tree("3701") if not area.code.startswith(JOINED_LATER)]


def villages(areas: Sequence[AreaView]) -> list[Place]:
    """Give the villages with the names of their township and county."""
    named = {area.code: area.name for area in areas}
    return [
        Place(
            code=area.code,
            name=area.name,
            town=named[area.code[:9] + "000"],
            county=named[area.code[:6] + "000000"],
        )
        for area in areas
        if area.level == Level.VILLAGE
    ]


def rates(areas: Sequence[AreaView], on: date) -> dict[tuple[str, RegisterType], Rates]:
    """Give the month standards by county and register type, fen a person. Raises MissingPolicy."""
    low, support, child = (standards(on, key) for key in ("dibao", "tekun", "children"))
    return {
        (area.scope, register): Rates(
            low_income=_monthly(low, area.code, register, on),
            support=_monthly(support, area.code, register, on),
            child=_monthly(child, area.code, StandardGroup.UNSUPPORTED_CHILD, on),
        )
        for area in areas
        if area.level == Level.COUNTY
        for register in RegisterType
    }


def _monthly(lines: list[StandardView], code: str, group: str, on: date) -> int:
    line = line_for(lines, code, group)
    if line is None:
        raise MissingPolicy("保障标准", code, on)
    return line.monthly


def open_all_bodies(areas: Sequence[AreaView], *, seed: int, by: Actor, at: datetime) -> int:
    """Open the centres, stations and points of the founding day where most families live."""
    rng = Random(f"bodies {seed}")
    return open_bodies(
        [
            *_bodies(rng, areas, Level.COUNTY, BodyKind.CENTRE, CENTRES),
            *_bodies(rng, areas, Level.TOWNSHIP, BodyKind.STATION, STATIONS),
            *_bodies(rng, areas, Level.VILLAGE, BodyKind.POINT, POINTS),
        ],
        by=by,
        at=at,
    )


def _bodies(
    rng: Random, areas: Sequence[AreaView], level: Level, kind: BodyKind, count: int
) -> list[BodyFacts]:
    at_level = [area for area in areas if area.level == level]
    served = sizes([area.scope for area in at_level])
    ordered = sorted(at_level, key=lambda area: (-served.get(area.scope, (0, 0))[0], area.code))
    return [_body(rng, area, kind) for area in ordered[:count]]


def _body(rng: Random, area: AreaView, kind: BodyKind) -> BodyFacts:
    """Draw what a body has; about one in eight lacks one of the six haves."""
    scale = {BodyKind.CENTRE: 8, BodyKind.STATION: 3, BodyKind.POINT: 1}[kind]
    lacks = (
        rng.choice(("office", "window", "computer", "phone", "rules"))
        if rng.random() < 0.13
        else ""
    )
    return BodyFacts(
        kind=kind,
        area_code=area.code,
        name=f"{area.name}阳光民生{kind.label}",
        opened_date=OPENED,
        office_area=Decimal(0 if lacks == "office" else 15 * scale + rng.randint(0, 30)),
        windows=0 if lacks == "window" else scale,
        staff=scale + rng.randint(0, scale),
        computers=0 if lacks == "computer" else scale,
        vehicles=1 if kind is not BodyKind.POINT and rng.random() < 0.6 else 0,
        phone="" if lacks == "phone" else f"0531-{rng.randint(0, 9999):04d}0000",
        rules_posted=lacks != "rules",
        responsible="示例负责人",
        yearly_budget_fen=scale * rng.randint(5, 20) * 100_000,
    )


def appoint_people(*, on: date, by: Actor, at: datetime) -> None:
    """Give the demonstration's people their posts."""
    for username, name, role, code in PEOPLE:
        area = Area.objects.get(code=code)
        appoint(username, name=name, role=role, area=area, from_date=on, by=by, at=at, is_demo=True)

"""六有."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from yangguang.foundation.divisions.rules.haves import BodyRefused, check_body, missing_haves
from yangguang.foundation.divisions.types import BodyFacts, BodyKind, Have, Level

POINT = BodyFacts(
    kind=BodyKind.POINT,
    area_code="370102001002",
    name="解放桥社区救助服务点",
    opened_date=date(2011, 6, 14),
    office_area=Decimal("20.5"),
    windows=1,
    staff=2,
    computers=1,
    phone="89012345",
    rules_posted=True,
)


@pytest.mark.requirement(6)
def test_a_point_with_all_six_lacks_nothing() -> None:
    assert missing_haves(POINT) == ()


@pytest.mark.requirement(6)
@pytest.mark.parametrize(
    ("lacking", "have"),
    [
        ({"office_area": Decimal(0)}, Have.OFFICE),
        ({"windows": 0}, Have.WINDOW),
        ({"staff": 0}, Have.STAFF),
        ({"computers": 0}, Have.COMPUTER),
        ({"phone": "  "}, Have.PHONE),
        ({"rules_posted": False}, Have.RULES),
    ],
)
def test_each_of_the_six_is_missed_alone(lacking: dict[str, object], have: Have) -> None:
    assert missing_haves(replace(POINT, **lacking)) == (have,)  # type: ignore[arg-type]


def test_a_new_point_lacks_all_six_in_the_order_of_the_rule() -> None:
    bare = BodyFacts(kind=BodyKind.POINT, area_code="x", name="点", opened_date=date(2011, 6, 14))
    assert missing_haves(bare) == tuple(Have)


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        (BodyKind.CENTRE, Level.TOWNSHIP),
        (BodyKind.STATION, Level.VILLAGE),
        (BodyKind.STATION, Level.COUNTY),
        (BodyKind.POINT, Level.TOWNSHIP),
    ],
)
def test_a_body_stands_only_at_its_level(kind: BodyKind, level: Level) -> None:
    with pytest.raises(BodyRefused, match="请选择相应级别的区划"):
        check_body(replace(POINT, kind=kind), level)


def test_no_count_of_a_body_is_below_zero() -> None:
    with pytest.raises(BodyRefused, match="不能小于0"):
        check_body(replace(POINT, computers=-1), Level.VILLAGE)

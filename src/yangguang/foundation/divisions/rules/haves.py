"""六有: what a centre, station or point must have, and at which level each kind stands."""

from typing import Final

from yangguang.foundation.divisions.types import BodyFacts, BodyKind, Have, Level
from yangguang.foundation.kernel.refusals import Refusal

LEVELS: Final = {
    BodyKind.CENTRE: (Level.CITY, Level.COUNTY),
    BodyKind.STATION: (Level.TOWNSHIP,),
    BodyKind.POINT: (Level.VILLAGE,),
}


class BodyRefused(Refusal):
    """A service body cannot be opened, changed or closed like this."""


def missing_haves(body: BodyFacts) -> tuple[Have, ...]:
    """List, in the order of the rule, which of the six a body lacks (2011 年济南“六有”).

    Office, window, staff and computer count from one; the phone must be given, the rules posted.
    """
    has = {
        Have.OFFICE: body.office_area > 0,
        Have.WINDOW: body.windows > 0,
        Have.STAFF: body.staff > 0,
        Have.COMPUTER: body.computers > 0,
        Have.PHONE: bool(body.phone.strip()),
        Have.RULES: body.rules_posted,
    }
    return tuple(have for have, given in has.items() if not given)


def check_body(body: BodyFacts, level: Level) -> None:
    """Raise BodyRefused when the kind does not stand at the level, or a number is below zero."""
    if level not in LEVELS[body.kind]:
        raise BodyRefused(
            f"“{body.name}”不能设为{body.kind.label}："
            "救助服务中心设在市、县（市、区），服务站设在乡镇（街道），服务点设在村（居）。"
            "请选择相应级别的区划。"
        )
    if not body.name.strip():
        raise BodyRefused("服务机构没有名称。请填写名称后再保存。")
    counts = (body.windows, body.staff, body.computers, body.vehicles, body.yearly_budget_fen)
    if min(counts) < 0 or body.office_area < 0:
        raise BodyRefused(f"“{body.name}”的面积、数量和经费不能小于0。请改正后再保存。")

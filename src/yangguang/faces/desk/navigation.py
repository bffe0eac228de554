"""What stands in the navigation, by role."""

from dataclasses import dataclass

from yangguang.foundation.accounts.rules.roles import ROLES, Permission, permits
from yangguang.foundation.walls.context import Actor


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    section: str
    name: str
    label: str
    permission: Permission


PLACES = (
    Place("home", "desk:home", "工作台", Permission.SEE_HOUSEHOLDS),
    Place("households", "desk:households", "困难家庭", Permission.SEE_HOUSEHOLDS),
    Place("ranking", "desk:ranking", "救助指数", Permission.SEE_RANKING),
    Place("plans", "desk:plans", "救助方案", Permission.SEE_PLANS),
    Place("batches", "desk:batches", "资金发放", Permission.SEE_PLANS),
    Place("exports", "desk:exports", "导出申请", Permission.EXPORT_LISTS),
    Place("roster", "desk:roster", "名册导入", Permission.IMPORT_ROSTER),
    Place("staff", "desk:staff", "人员岗位", Permission.SEE_STAFF),
    Place("looks", "desk:odd_looks", "看过异常", Permission.WATCH_LOOKS),
    Place("policies", "desk:policies", "政策库", Permission.SEE_POLICIES),
    Place("bodies", "desk:bodies", "服务机构", Permission.SEE_BODIES),
)


def places(actor: Actor) -> list[Place]:
    """Give the entries that an actor's role may open, in order."""
    return [place for place in PLACES if permits(actor.role, place.permission)]


def post(actor: Actor) -> str:
    """Give the label of an actor's post."""
    return ROLES[actor.role].label


def may(actor: Actor | None, permission: str) -> bool:
    """Tell whether an actor's role includes a permission, by its code."""
    return actor is not None and permits(actor.role, Permission(permission))

"""Roles as classes: a description a manager can read, the levels it exists at, what it may do."""

from typing import ClassVar

from yangguang.foundation.divisions.types import Level
from yangguang.foundation.kernel.choices import Choices
from yangguang.foundation.kernel.refusals import Refusal


class Permission(Choices):
    """权限."""

    SEE_HOUSEHOLDS = "see_households", "查看困难家庭"
    EDIT_HOUSEHOLDS = "edit_households", "登记和更正困难家庭"
    IMPORT_ROSTER = "import_roster", "导入名册"
    SEE_RANKING = "see_ranking", "查看指数排序"
    DRAW_PLAN = "draw_plan", "拟定救助方案"
    APPROVE_PLAN = "approve_plan", "审批救助方案"
    SEE_PLANS = "see_plans", "查看救助方案和批次"
    SEND_BATCH = "send_batch", "送出发放批次"
    SEE_BODIES = "see_bodies", "查看服务机构"
    EDIT_BODIES = "edit_bodies", "维护服务机构"
    SEE_POLICIES = "see_policies", "查看政策库"
    ADD_CALENDAR = "add_calendar", "增补工作日历"


class NotPermitted(Refusal):
    """The actor's role does not include the permission."""


class Role:
    """What all roles share."""

    code: ClassVar[str]
    label: ClassVar[str]
    description: ClassVar[str]
    levels: ClassVar[tuple[Level, ...]]
    permissions: ClassVar[frozenset[Permission]]


class VillageClerk(Role):
    """村（居）协理员."""

    code = "village_clerk"
    label = "村（居）协理员"
    description = "在村（居）服务点登记困难家庭、更正事实、上传照片。"
    levels = (Level.VILLAGE,)
    permissions = frozenset(
        {
            Permission.SEE_HOUSEHOLDS,
            Permission.EDIT_HOUSEHOLDS,
            Permission.SEE_RANKING,
            Permission.SEE_POLICIES,
        }
    )


class TownshipReviewer(Role):
    """乡镇（街道）审核员."""

    code = "township_reviewer"
    label = "乡镇（街道）审核员"
    description = "在乡镇（街道）服务站核实家庭情况、导入名册、查看本辖区排序。"
    levels = (Level.TOWNSHIP,)
    permissions = frozenset(
        {
            Permission.SEE_HOUSEHOLDS,
            Permission.EDIT_HOUSEHOLDS,
            Permission.IMPORT_ROSTER,
            Permission.SEE_RANKING,
            Permission.SEE_PLANS,
            Permission.SEE_BODIES,
            Permission.EDIT_BODIES,
            Permission.SEE_POLICIES,
        }
    )


class CountyPlanner(Role):
    """区（县）方案岗."""

    code = "county_planner"
    label = "区（县）方案岗"
    description = "按指数由高到低拟定救助方案和预算，提交审批，制作发放批次。"
    levels = (Level.COUNTY,)
    permissions = frozenset(
        {
            Permission.SEE_HOUSEHOLDS,
            Permission.EDIT_HOUSEHOLDS,
            Permission.IMPORT_ROSTER,
            Permission.SEE_RANKING,
            Permission.DRAW_PLAN,
            Permission.SEE_PLANS,
            Permission.SEE_BODIES,
            Permission.SEE_POLICIES,
        }
    )


class CountyApprover(Role):
    """区（县）审批岗."""

    code = "county_approver"
    label = "区（县）审批岗"
    description = "审批他人拟定的救助方案，授权发放，登记银行回单。"
    levels = (Level.COUNTY,)
    permissions = frozenset(
        {
            Permission.SEE_HOUSEHOLDS,
            Permission.SEE_RANKING,
            Permission.SEE_PLANS,
            Permission.APPROVE_PLAN,
            Permission.SEND_BATCH,
            Permission.SEE_BODIES,
            Permission.SEE_POLICIES,
        }
    )


class CityOfficer(Role):
    """市级管理员."""

    code = "city_officer"
    label = "市级管理员"
    description = "查看全市情况，维护政策库、工作日历和服务机构。"
    levels = (Level.CITY,)
    permissions = frozenset(
        {
            Permission.SEE_HOUSEHOLDS,
            Permission.SEE_RANKING,
            Permission.SEE_PLANS,
            Permission.SEE_BODIES,
            Permission.EDIT_BODIES,
            Permission.SEE_POLICIES,
            Permission.ADD_CALENDAR,
        }
    )


ROLES: dict[str, type[Role]] = {
    role.code: role
    for role in (VillageClerk, TownshipReviewer, CountyPlanner, CountyApprover, CityOfficer)
}


def permits(role: str, permission: Permission) -> bool:
    """Tell whether a role includes a permission; an unknown role includes none."""
    known = ROLES.get(role)
    return known is not None and permission in known.permissions


def demand(role: str, permission: Permission) -> None:
    """Raise `NotPermitted` unless a role includes a permission."""
    if not permits(role, permission):
        raise NotPermitted(
            f"您的岗位没有“{permission.label}”权限。如确有需要，请联系本级管理员调整岗位。"
        )

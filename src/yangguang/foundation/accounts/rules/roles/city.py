"""Roles of the city: keeping the library, checking, supervising, counting."""

from yangguang.foundation.accounts.rules.roles.permissions import EVERYBODY, WORK, Permission
from yangguang.foundation.accounts.rules.roles.role import Role
from yangguang.foundation.divisions.types import Level

_READS = WORK | {Permission.SEE_PLANS, Permission.SEE_BODIES}


class CityOfficer(Role):
    """市级管理员."""

    code = "city_officer"
    label = "市级管理员"
    description = "查看全市情况，维护政策库、工作日历和服务机构。"
    levels = (Level.CITY,)
    permissions = _READS | {
        Permission.EDIT_BODIES,
        Permission.ADD_CALENDAR,
        Permission.EXPORT_LISTS,
    }


class CityChecker(Role):
    """市级检查员."""

    code = "city_checker"
    label = "市级检查员"
    description = "抽查各区县的家庭资料、排序、方案和发放，只看不改。"
    levels = (Level.CITY,)
    permissions = _READS | {Permission.EXPORT_LISTS}


class Supervisor(Role):
    """监察员."""

    code = "supervisor"
    label = "监察员"
    description = "对本级和下级的救助过程、资金和工作人员任免进行监督，只看不改。"
    levels = (Level.CITY, Level.COUNTY)
    permissions = _READS | {Permission.SEE_STAFF, Permission.WATCH_LOOKS}


class Statistician(Role):
    """统计员."""

    code = "statistician"
    label = "统计员"
    description = "查看机构和政策数据，汇总上报；看不到任何一户的资料。"
    levels = (Level.CITY, Level.COUNTY)
    permissions = EVERYBODY | {Permission.SEE_BODIES}

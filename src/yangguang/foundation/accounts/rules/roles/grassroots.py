"""Roles of the village and the township."""

from yangguang.foundation.accounts.rules.roles.permissions import REVEAL, WORK, Permission
from yangguang.foundation.accounts.rules.roles.role import Role
from yangguang.foundation.divisions.types import Level


class VillageClerk(Role):
    """村（居）协理员."""

    code = "village_clerk"
    label = "村（居）协理员"
    description = "在村（居）服务点登记困难家庭、更正事实、上传照片。"
    levels = (Level.VILLAGE,)
    permissions = WORK | {Permission.EDIT_HOUSEHOLDS, Permission.REVEAL_PHONE}


class CommitteeSecretary(Role):
    """村（居）委员会负责人."""

    code = "committee_secretary"
    label = "村（居）委员会负责人"
    description = "查看本村（居）困难家庭和排序，督促协理员如实登记；自己不登记、不更正。"
    levels = (Level.VILLAGE,)
    permissions = WORK


class TownshipReviewer(Role):
    """乡镇（街道）审核员."""

    code = "township_reviewer"
    label = "乡镇（街道）审核员"
    description = "在乡镇（街道）服务站核实家庭情况、导入名册、查看本辖区排序。"
    levels = (Level.TOWNSHIP,)
    permissions = (WORK | REVEAL) | {
        Permission.EDIT_HOUSEHOLDS,
        Permission.IMPORT_ROSTER,
        Permission.SEE_PLANS,
        Permission.EXPORT_LISTS,
        Permission.SEE_BODIES,
        Permission.EDIT_BODIES,
    }


class StationHead(Role):
    """乡镇（街道）服务站站长."""

    code = "station_head"
    label = "乡镇（街道）服务站站长"
    description = "负责服务站的人员和场所，查看本辖区家庭、排序、方案和工作人员，不改家庭资料。"
    levels = (Level.TOWNSHIP,)
    permissions = WORK | {
        Permission.SEE_PLANS,
        Permission.SEE_BODIES,
        Permission.EDIT_BODIES,
        Permission.SEE_STAFF,
    }

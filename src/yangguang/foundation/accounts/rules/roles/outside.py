"""Roles of those who help or watch from outside the offices."""

from yangguang.foundation.accounts.rules.roles.permissions import EVERYBODY, Permission
from yangguang.foundation.accounts.rules.roles.role import Role
from yangguang.foundation.divisions.types import Level


class SocialWorker(Role):
    """社会工作者."""

    code = "social_worker"
    label = "社会工作者"
    description = "受委托为本辖区困难家庭提供服务和回访，可查看家庭资料，看不到排序和方案。"
    levels = (Level.COUNTY, Level.TOWNSHIP)
    permissions = EVERYBODY | {Permission.SEE_HOUSEHOLDS}


class HotlineOperator(Role):
    """热线接线员."""

    code = "hotline_operator"
    label = "热线接线员"
    description = "接听监督服务电话，解答政策，告知就近服务机构；看不到家庭资料。"
    levels = (Level.CITY, Level.COUNTY)
    permissions = EVERYBODY | {Permission.SEE_BODIES}


class OutsideSupervisor(Role):
    """特邀监督员."""

    code = "outside_supervisor"
    label = "特邀监督员"
    description = "由人大代表、政协委员、新闻媒体或志愿者担任，监督机构和政策执行；看不到家庭资料。"
    levels = (Level.CITY, Level.COUNTY, Level.TOWNSHIP)
    permissions = EVERYBODY | {Permission.SEE_BODIES}

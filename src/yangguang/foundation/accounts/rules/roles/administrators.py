"""The three administrators, whom one person never combines (三员分立, GB/T 22239)."""

from yangguang.foundation.accounts.rules.roles.permissions import EVERYBODY, Permission
from yangguang.foundation.accounts.rules.roles.role import Role
from yangguang.foundation.divisions.types import Level

_OFFICES = (Level.PROVINCE, Level.CITY, Level.COUNTY)


class SystemAdministrator(Role):
    """系统管理员."""

    code = "system_administrator"
    label = "系统管理员"
    description = "负责系统运行、备份和升级；不授权、不审计、不办业务，看不到家庭资料。"
    levels = _OFFICES
    permissions = EVERYBODY
    is_administrator = True


class SecurityAdministrator(Role):
    """安全管理员."""

    code = "security_administrator"
    label = "安全管理员"
    description = "提出或审定岗位任免和委托，办理调离；提出人和审定人须是两人，看不到家庭资料。"
    levels = _OFFICES
    permissions = EVERYBODY | {
        Permission.SEE_STAFF,
        Permission.MANAGE_STAFF,
        Permission.DECIDE_STAFF,
    }
    is_administrator = True


class AuditAdministrator(Role):
    """审计管理员."""

    code = "audit_administrator"
    label = "审计管理员"
    description = "查看工作人员任免和操作留痕，发现异常即报告；不授权、不办业务，看不到家庭资料。"
    levels = _OFFICES
    permissions = EVERYBODY | {Permission.SEE_STAFF, Permission.WATCH_LOOKS}
    is_administrator = True

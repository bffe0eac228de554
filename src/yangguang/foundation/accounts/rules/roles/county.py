"""Roles of the county: who plans, who approves and who pays are different people."""

from yangguang.foundation.accounts.rules.roles.permissions import REVEAL, WORK, Permission
from yangguang.foundation.accounts.rules.roles.role import Role
from yangguang.foundation.divisions.types import Level

_READS = WORK | {Permission.SEE_PLANS, Permission.SEE_BODIES}


class CountyPlanner(Role):
    """区（县）方案岗."""

    code = "county_planner"
    label = "区（县）方案岗"
    description = "按指数由高到低拟定救助方案和预算，提交审批，制作发放批次。"
    levels = (Level.COUNTY,)
    permissions = (_READS | REVEAL) | {
        Permission.EDIT_HOUSEHOLDS,
        Permission.IMPORT_ROSTER,
        Permission.DRAW_PLAN,
        Permission.EXPORT_LISTS,
    }


class CountyApprover(Role):
    """区（县）审批岗."""

    code = "county_approver"
    label = "区（县）审批岗"
    description = "审批他人拟定的救助方案，授权发放，登记银行回单。"
    levels = (Level.COUNTY,)
    permissions = (_READS | REVEAL) | {
        Permission.APPROVE_PLAN,
        Permission.SEND_BATCH,
        Permission.EXPORT_LISTS,
    }


class CountyPayer(Role):
    """区（县）发放岗."""

    code = "county_payer"
    label = "区（县）发放岗"
    description = "把已审批方案的发放批次送银行，登记银行回单；不拟定、不审批方案。"
    levels = (Level.COUNTY,)
    permissions = _READS | {Permission.SEND_BATCH, Permission.EXPORT_LISTS}


class DepartmentOfficer(Role):
    """职能部门经办人."""

    code = "department_officer"
    label = "职能部门经办人"
    description = "在教育、医保、住建等职能部门调出本部门所需的困难群体排序，不改家庭资料。"
    levels = (Level.CITY, Level.COUNTY)
    permissions = WORK | {Permission.SEE_PLANS}

"""Roles as classes: a description a manager can read, the levels it exists at, what it may do."""

from yangguang.foundation.accounts.rules.roles.administrators import (
    AuditAdministrator,
    SecurityAdministrator,
    SystemAdministrator,
)
from yangguang.foundation.accounts.rules.roles.city import (
    CityChecker,
    CityOfficer,
    Statistician,
    Supervisor,
)
from yangguang.foundation.accounts.rules.roles.county import (
    CountyApprover,
    CountyPayer,
    CountyPlanner,
    DepartmentOfficer,
)
from yangguang.foundation.accounts.rules.roles.grassroots import (
    CommitteeSecretary,
    StationHead,
    TownshipReviewer,
    VillageClerk,
)
from yangguang.foundation.accounts.rules.roles.outside import (
    HotlineOperator,
    OutsideSupervisor,
    SocialWorker,
)
from yangguang.foundation.accounts.rules.roles.permissions import STRONG, NotPermitted, Permission
from yangguang.foundation.accounts.rules.roles.role import Role

__all__ = [
    "ADMINISTRATORS",
    "ROLES",
    "STRONG",
    "AuditAdministrator",
    "CityOfficer",
    "CountyApprover",
    "CountyPlanner",
    "NotPermitted",
    "Permission",
    "Role",
    "SecurityAdministrator",
    "SystemAdministrator",
    "TownshipReviewer",
    "VillageClerk",
    "demand",
    "permits",
]

ROLES: dict[str, type[Role]] = {
    role.code: role
    for role in (
        VillageClerk,
        CommitteeSecretary,
        TownshipReviewer,
        StationHead,
        CountyPlanner,
        CountyApprover,
        CountyPayer,
        DepartmentOfficer,
        CityOfficer,
        CityChecker,
        Supervisor,
        Statistician,
        SocialWorker,
        HotlineOperator,
        OutsideSupervisor,
        SystemAdministrator,
        SecurityAdministrator,
        AuditAdministrator,
    )
}

ADMINISTRATORS = tuple(code for code, role in ROLES.items() if role.is_administrator)


def permits(role: str, permission: Permission) -> bool:
    """Tell whether a role includes a permission; an unknown role includes none."""
    known = ROLES.get(role)
    return known is not None and permission in known.permissions


def demand(role: str, permission: Permission) -> None:
    """Raise `NotPermitted` unless a role includes a permission."""
    if not permits(role, permission):
        raise NotPermitted(
            f"您的岗位没有“{permission.label}”权限。如确有需要，请联系本级安全管理员调整岗位。"
        )

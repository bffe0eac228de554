"""The closed list of what a role may do, and the refusal of what it may not."""

from yangguang.foundation.kernel.choices import Choices
from yangguang.foundation.kernel.refusals import Refusal


class Permission(Choices):
    """权限."""

    SEE_HOUSEHOLDS = "see_households", "查看困难家庭"
    EDIT_HOUSEHOLDS = "edit_households", "登记和更正困难家庭"
    REVEAL_PHONE = "reveal_phone", "查看完整电话"
    REVEAL_PERSONAL = "reveal_personal", "查看完整号码和病名"
    IMPORT_ROSTER = "import_roster", "导入名册"
    SEE_RANKING = "see_ranking", "查看指数排序"
    DRAW_PLAN = "draw_plan", "拟定救助方案"
    APPROVE_PLAN = "approve_plan", "审批救助方案"
    SEE_PLANS = "see_plans", "查看救助方案和批次"
    SEND_BATCH = "send_batch", "送出发放批次"
    EXPORT_LISTS = "export_lists", "导出名单"
    SEE_BODIES = "see_bodies", "查看服务机构"
    EDIT_BODIES = "edit_bodies", "维护服务机构"
    SEE_POLICIES = "see_policies", "查看政策库"
    ADD_CALENDAR = "add_calendar", "增补工作日历"
    SEE_STAFF = "see_staff", "查看工作人员和岗位"
    MANAGE_STAFF = "manage_staff", "提出岗位任免"
    DECIDE_STAFF = "decide_staff", "审定岗位任免"
    WATCH_LOOKS = "watch_looks", "查看查阅异常"
    OWN_ACCOUNT = "own_account", "管理本人账号"
    SIGN_PLEDGE = "sign_pledge", "签署保密承诺"


class NotPermitted(Refusal):
    """The actor's role does not include the permission."""


EVERYBODY = frozenset({Permission.OWN_ACCOUNT, Permission.SIGN_PLEDGE, Permission.SEE_POLICIES})
"""What every role includes: the library is no secret, and everybody looks after an own account."""

REVEAL = frozenset({Permission.REVEAL_PHONE, Permission.REVEAL_PERSONAL})
"""What those need who check a family's papers: each time for a reason, and on the record."""

WORK = EVERYBODY | {Permission.SEE_HOUSEHOLDS, Permission.SEE_RANKING}
"""What those need who work with families."""

STRONG = frozenset(
    {
        Permission.APPROVE_PLAN,
        Permission.SEND_BATCH,
        Permission.EXPORT_LISTS,
        Permission.REVEAL_PHONE,
        Permission.REVEAL_PERSONAL,
        Permission.MANAGE_STAFF,
        Permission.DECIDE_STAFF,
        Permission.ADD_CALENDAR,
    }
)
"""What asks for a fresh second factor: approving, paying, exporting, revealing, administering."""

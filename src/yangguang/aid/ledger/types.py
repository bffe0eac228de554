"""The closed lists of the ledger."""

from yangguang.foundation.kernel.choices import Choices


class Origin(Choices):
    """记录来源."""

    DECISION = "decision", "审批决定"
    PLAN = "plan", "救助方案"
    REPORTED = "reported", "部门报送"
    DONOR = "donor", "社会捐助"
    IMPORTED = "imported_aid", "名册导入"
    MADE = "made_aid", "示例数据"

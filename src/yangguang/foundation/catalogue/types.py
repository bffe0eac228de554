"""The kinds of policy, and what an aid item is."""

from yangguang.foundation.kernel.choices import Choices


class PolicyKind(Choices):
    """政策类别."""

    STANDARD = "standard", "保障标准"
    PROPERTY_LIMIT = "property_limit", "财产限额"
    INCOME_LINE = "income_line", "人均可支配收入"
    INDEX_MODEL = "index_model", "救助指数模型"
    AID_ITEM = "aid_item", "救助事项"
    CALENDAR = "calendar", "工作日历"
    REVIEW_CYCLE = "review_cycle", "复核周期"


class AidType(Choices):
    """困难类型: the nine types by which departments draw their lists."""

    LIVING = "living", "基本生活"
    MEDICAL = "medical", "医疗"
    DISABILITY = "disability", "残疾"
    EDUCATION = "education", "教育"
    HOUSING = "housing", "住房"
    EMPLOYMENT = "employment", "就业"
    ELDERLY = "elderly", "养老"
    FAMILY = "family", "婚姻家庭"
    DISASTER = "disaster", "受灾"


class AidKind(Choices):
    """救助方式."""

    CASH = "cash", "现金"
    GOODS = "goods", "实物"
    SERVICE = "service", "服务"
    FEE_CUT = "fee_cut", "减免"


class AidBasis(Choices):
    """给付依据: by decision to all who qualify, or by rank within a budget."""

    ENTITLEMENT = "entitlement", "按决定发放"
    BUDGET = "budget", "按预算限额"

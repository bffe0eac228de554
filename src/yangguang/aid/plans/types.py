"""The closed lists of plans."""

from dataclasses import dataclass

from yangguang.foundation.kernel.choices import Choices


class PlanStatus(Choices):
    """方案状态: drawn, submitted, then approved by a second person, which locks it; or ended."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "已审批"
    RETURNED = "returned", "已退回"
    CANCELLED = "cancelled", "已作废"


class AmountRule(Choices):
    """金额规则."""

    FIXED = "fixed", "每户定额"
    PER_HEAD = "per_head", "每人定额"
    SHARE_OF_SPENDING = "share_of_spending", "自付支出按比例"


class LineOrigin(Choices):
    """纳入方式."""

    RANKED = "ranked", "按指数"
    ADDED = "added", "人工纳入"
    REMOVED = "removed", "人工移出"


class Exclusion(Choices):
    """未纳入原因: why a family above the line gets nothing from this plan."""

    SAME_ITEM = "same_item", "近期已享受同一事项"
    NO_SPENDING = "no_spending", "没有自付支出"


class ExportKind(Choices):
    """导出内容: which list is asked for."""

    PLAN = "plan_list", "方案名单"
    BATCH = "batch_list", "发放明细"


class ExportStatus(Choices):
    """导出申请状态: asked for by one, granted or declined by another, taken once."""

    ASKED = "export_asked", "待同意"
    GRANTED = "export_granted", "已同意"
    DECLINED = "export_declined", "不同意"
    TAKEN = "export_taken", "已下载"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A list that may be exported: `key` of the plan or batch, `rows` as it stands now."""

    kind: ExportKind
    key: int
    number: str
    title: str
    area_code: str
    rows: int


TRANSITIONS: dict[PlanStatus, tuple[PlanStatus, ...]] = {
    PlanStatus.DRAFT: (PlanStatus.SUBMITTED, PlanStatus.CANCELLED),
    PlanStatus.SUBMITTED: (PlanStatus.APPROVED, PlanStatus.RETURNED),
    PlanStatus.RETURNED: (PlanStatus.DRAFT, PlanStatus.SUBMITTED, PlanStatus.CANCELLED),
    PlanStatus.APPROVED: (),
    PlanStatus.CANCELLED: (),
}

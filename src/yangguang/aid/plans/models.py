"""Plans: a budget drawn down the ranking, line by line."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yangguang.aid.plans.types import (
    AmountRule,
    Exclusion,
    ExportKind,
    ExportStatus,
    LineOrigin,
    PlanStatus,
)
from yangguang.families.registry.models import Household
from yangguang.foundation.catalogue.types import AidKind, AidType
from yangguang.foundation.walls.fields import AreaCodeField


class Plan(models.Model):
    """One aid item, one area, one budget, one list (救助方案)."""

    number = models.CharField("方案编号", max_length=40, unique=True, db_collation="C")
    title = models.CharField("名称", max_length=100)
    item_code = models.CharField("救助事项", max_length=40)
    # As the catalogue had them when the list was drawn: a later version changes no earlier plan.
    item_name = models.CharField("事项名称", max_length=100)
    item_type = models.CharField("事项类型", max_length=12, choices=AidType.pairs())
    kind = models.CharField("救助方式", max_length=10, choices=AidKind.pairs())
    payer = models.CharField("救助单位", max_length=60)
    is_counted = models.BooleanField("计入指数", default=True)
    # The area whose list it is, as a full code; the guard compares it like a family's.
    area_code = AreaCodeField("区划")
    scope = AreaCodeField("范围")
    type = models.CharField("困难类型", max_length=12, choices=AidType.pairs(), blank=True)
    amount_rule = models.CharField("金额规则", max_length=20, choices=AmountRule.pairs())
    # Fixed and per head: fen. Share: per mille of the type's spending, within floor and cap (fen).
    amount_value = models.BigIntegerField("金额或千分比")
    amount_floor_fen = models.BigIntegerField("最低金额（分）", default=0)
    amount_cap_fen = models.BigIntegerField("最高金额（分）", default=0)
    budget_fen = models.BigIntegerField("预算（分）")
    # A family that was given the same item within so many months is passed over; 0 is never.
    repeat_months = models.PositiveSmallIntegerField("不重复月数", default=12)
    families_count = models.PositiveIntegerField("户数", default=0)
    total_fen = models.BigIntegerField("合计（分）", default=0)
    status = models.CharField("状态", max_length=12, choices=PlanStatus.pairs())
    model_version = models.CharField("模型版本", max_length=80, blank=True)
    drawn_at = models.DateTimeField("生成时间")
    drawn_by = models.BigIntegerField("拟定人")
    drawn_by_name = models.CharField("拟定人姓名", max_length=60)
    touched_by = ArrayField(models.BigIntegerField(), verbose_name="经手人", default=list)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    submitted_by = models.BigIntegerField("提交人", null=True, blank=True)
    submitted_by_name = models.CharField("提交人姓名", max_length=60, blank=True)
    approved_at = models.DateTimeField("审批时间", null=True, blank=True)
    approved_by = models.BigIntegerField("审批人", null=True, blank=True)
    approved_by_name = models.CharField("审批人姓名", max_length=60, blank=True)
    returned_reason = models.CharField("退回理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "救助方案"
        constraints = [
            models.UniqueConstraint(fields=["id", "area_code"], name="plan_id_area"),
            models.CheckConstraint(
                name="plan_status", condition=models.Q(status__in=PlanStatus.codes())
            ),
            models.CheckConstraint(
                name="plan_amount_rule", condition=models.Q(amount_rule__in=AmountRule.codes())
            ),
            models.CheckConstraint(name="plan_budget", condition=models.Q(budget_fen__gt=0)),
            models.CheckConstraint(
                name="plan_approved_whole",
                condition=models.Q(
                    status=PlanStatus.APPROVED,
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                )
                | (~models.Q(status=PlanStatus.APPROVED) & models.Q(approved_by=None)),
            ),
            # 四眼原则: whoever drew the plan never approves it.
            models.CheckConstraint(
                name="plan_four_eyes", condition=~models.Q(approved_by=models.F("drawn_by"))
            ),
            models.CheckConstraint(
                name="plan_four_eyes_submitted",
                condition=~models.Q(approved_by=models.F("submitted_by")),
            ),
            # Nor whoever ever had a hand in the list, though another drew it anew since: the array
            # only grows, and the migration holds the approver against it.
            models.CheckConstraint(
                name="plan_submitted_pair",
                condition=models.Q(submitted_at=None, submitted_by=None)
                | models.Q(submitted_at__isnull=False, submitted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_within_budget",
                condition=models.Q(total_fen__gte=0, total_fen__lte=models.F("budget_fen")),
            ),
        ]


class PlanLine(models.Model):
    """One family of a plan: where it stood when the list was drawn, and what it is to get.

    `area_code` is the village of that day: the list is the paper of those who made it and does not
    leave their sight when a family moves.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="lines")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    household_number = models.CharField("户编号", max_length=40, db_collation="C")
    area_code = AreaCodeField("区划")
    position = models.PositiveIntegerField("名次")
    value = models.FloatField("指数")
    amount_fen = models.BigIntegerField("金额（分）")
    is_included = models.BooleanField("纳入")
    origin = models.CharField("纳入方式", max_length=10, choices=LineOrigin.pairs())
    exclusion = models.CharField("未纳入原因", max_length=15, choices=Exclusion.pairs(), blank=True)
    reason = models.CharField("人工调整理由", max_length=200, blank=True)
    changed_at = models.DateTimeField("调整时间", null=True, blank=True)
    changed_by = models.BigIntegerField("调整人", null=True, blank=True)

    class Meta:
        verbose_name = "方案名单"
        indexes = [models.Index("plan", "position", name="plan_line_order")]
        constraints = [
            models.UniqueConstraint(fields=["plan", "household"], name="plan_line_once"),
            models.CheckConstraint(
                name="plan_line_amount",
                condition=models.Q(amount_fen__gt=0) | models.Q(amount_fen=0, is_included=False),
            ),
            models.CheckConstraint(
                name="plan_line_hand_change_has_reason",
                condition=models.Q(origin=LineOrigin.RANKED)
                | (~models.Q(reason="") & models.Q(changed_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="plan_line_changed_pair",
                condition=models.Q(changed_at=None, changed_by=None)
                | models.Q(changed_at__isnull=False, changed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_line_removed_is_out",
                condition=~models.Q(origin=LineOrigin.REMOVED) | models.Q(is_included=False),
            ),
        ]


def _asked(*statuses: ExportStatus, decided: bool, taken: bool) -> models.Q:
    return models.Q(
        status__in=statuses,
        decided_by__isnull=not decided,
        decided_at__isnull=not decided,
        taken_at__isnull=not taken,
    )


class ExportRequest(models.Model):
    """A long list that one person asks for and another lets go (导出申请)."""

    kind = models.CharField("导出内容", max_length=12, choices=ExportKind.pairs())
    key = models.BigIntegerField("对象")
    number = models.CharField("编号", max_length=40)
    title = models.CharField("名称", max_length=100)
    area_code = AreaCodeField("区划")
    rows = models.PositiveIntegerField("行数")
    reason = models.CharField("用途", max_length=200)
    status = models.CharField("状态", max_length=16, choices=ExportStatus.pairs())
    asked_at = models.DateTimeField("申请时间")
    asked_by = models.BigIntegerField("申请人")
    asked_by_name = models.CharField("申请人姓名", max_length=60)
    decided_at = models.DateTimeField("审定时间", null=True)
    decided_by = models.BigIntegerField("审定人", null=True)
    decided_by_name = models.CharField("审定人姓名", max_length=60, blank=True)
    decline_reason = models.CharField("不同意理由", max_length=200, blank=True)
    taken_at = models.DateTimeField("下载时间", null=True)

    class Meta:
        verbose_name = "导出申请"
        indexes = [models.Index("kind", "key", "asked_by", name="export_by_subject")]
        constraints = [
            models.CheckConstraint(
                name="export_kind", condition=models.Q(kind__in=ExportKind.codes())
            ),
            models.CheckConstraint(name="export_reason", condition=~models.Q(reason="")),
            # 四眼原则: nobody lets a list go to himself.
            models.CheckConstraint(
                name="export_four_eyes", condition=~models.Q(decided_by=models.F("asked_by"))
            ),
            models.CheckConstraint(
                name="export_whole",
                condition=_asked(ExportStatus.ASKED, decided=False, taken=False)
                | _asked(ExportStatus.GRANTED, ExportStatus.DECLINED, decided=True, taken=False)
                | _asked(ExportStatus.TAKEN, decided=True, taken=True),
            ),
        ]

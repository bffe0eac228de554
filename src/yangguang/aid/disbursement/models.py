"""Batches and the payment instructions in them."""

from django.db import models

from yangguang.aid.disbursement.types import BatchStatus, FailureCode, InstructionStatus
from yangguang.aid.ledger.models import Entry
from yangguang.aid.plans.models import Plan
from yangguang.families.registry.models import Household
from yangguang.foundation.walls.fields import AreaCodeField


class Batch(models.Model):
    """What goes to the bank in one file (发放批次)."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="batch")
    area_code = AreaCodeField("区划")
    number = models.CharField("批次号", max_length=40, unique=True, db_collation="C")
    status = models.CharField("状态", max_length=12, choices=BatchStatus.pairs())
    instructions_count = models.PositiveIntegerField("笔数")
    total_fen = models.BigIntegerField("金额（分）")
    file_digest = models.CharField("银行文件摘要", max_length=64, blank=True)
    results_digest = models.CharField("回单摘要", max_length=64, blank=True)
    prepared_at = models.DateTimeField("制单时间")
    prepared_by = models.BigIntegerField("制单人")
    sent_at = models.DateTimeField("送出时间", null=True, blank=True)
    sent_by = models.BigIntegerField("送出人", null=True, blank=True)
    reconciled_at = models.DateTimeField("对账时间", null=True, blank=True)

    class Meta:
        verbose_name = "发放批次"
        constraints = [
            models.UniqueConstraint(fields=["id", "area_code"], name="batch_id_area"),
            models.CheckConstraint(
                name="batch_status", condition=models.Q(status__in=BatchStatus.codes())
            ),
            models.CheckConstraint(
                name="batch_sent_pair",
                condition=models.Q(sent_at=None, sent_by=None)
                | models.Q(sent_at__isnull=False, sent_by__isnull=False),
            ),
        ]


class Instruction(models.Model):
    """One payment of a batch: to whom, how much, and what the bank said."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="instructions")
    area_code = AreaCodeField("区划")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField("序号")
    holder_name = models.CharField("户名", max_length=60)
    bank = models.CharField("开户行", max_length=80)
    card_sealed = models.BinaryField("卡号")
    card_blind = models.BinaryField("卡号索引", max_length=16)
    amount_fen = models.BigIntegerField("金额（分）")
    status = models.CharField("状态", max_length=15, choices=InstructionStatus.pairs())
    failure = models.CharField("失败代码", max_length=20, choices=FailureCode.pairs(), blank=True)
    bank_serial = models.CharField("银行流水", max_length=60, blank=True)
    paid_date = models.DateField("到账日期", null=True, blank=True)

    class Meta:
        verbose_name = "支付指令"
        constraints = [
            models.UniqueConstraint(fields=["batch", "sequence"], name="instruction_once"),
            models.UniqueConstraint(
                fields=["batch", "household"], name="instruction_household_once"
            ),
            models.CheckConstraint(
                name="instruction_amount", condition=models.Q(amount_fen__gt=0)
            ),
            models.CheckConstraint(
                name="instruction_status",
                condition=models.Q(
                    status=InstructionStatus.WAITING, paid_date=None, failure=""
                )
                | models.Q(status=InstructionStatus.PAID, paid_date__isnull=False, failure="")
                | (
                    models.Q(status=InstructionStatus.FAILED, paid_date=None)
                    & ~models.Q(failure="")
                ),
            ),
        ]

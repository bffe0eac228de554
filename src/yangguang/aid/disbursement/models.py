"""Batches and the payment instructions in them."""

from django.db import models

from yangguang.aid.disbursement.types import (
    ENDED,
    BatchStatus,
    Encoding,
    FailureCode,
    InstructionStatus,
)
from yangguang.aid.ledger.models import Entry
from yangguang.aid.plans.models import Plan
from yangguang.families.registry.models import Household
from yangguang.foundation.walls.fields import AreaCodeField, SealedField

NEVER_SENT = (BatchStatus.PREPARED, BatchStatus.VOIDED)


def _pair(verb: str) -> models.CheckConstraint:
    both = {f"{verb}_at__isnull": False, f"{verb}_by__isnull": False}
    return models.CheckConstraint(
        name=f"batch_{verb}_pair",
        condition=models.Q(**{f"{verb}_at": None, f"{verb}_by": None}) | models.Q(**both),
    )


class Batch(models.Model):
    """What goes to the bank in one file (发放批次); a plan may need several, one after another."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="batches")
    run = models.PositiveSmallIntegerField("批次序号")
    area_code = AreaCodeField("区划")
    number = models.CharField("批次号", max_length=40, unique=True, db_collation="C")
    status = models.CharField("状态", max_length=12, choices=BatchStatus.pairs())
    instructions_count = models.PositiveIntegerField("笔数")
    total_fen = models.BigIntegerField("金额（分）")
    # 发放年月 as YYYYMM: the month the aid is for.
    period = models.CharField("发放年月", max_length=6)
    encoding = models.CharField("文件编码", max_length=10, choices=Encoding.pairs(), blank=True)
    file_digest = models.CharField("银行文件摘要", max_length=64, blank=True)
    # Added up from the file itself, not from what it was made of.
    file_fen = models.BigIntegerField("银行文件合计（分）", null=True, blank=True)
    results_digest = models.CharField("回单摘要", max_length=64, blank=True)
    prepared_at = models.DateTimeField("制单时间")
    prepared_by = models.BigIntegerField("制单人")
    prepared_by_name = models.CharField("制单人姓名", max_length=60)
    voided_at = models.DateTimeField("撤销时间", null=True, blank=True)
    voided_by = models.BigIntegerField("撤销人", null=True, blank=True)
    voided_reason = models.CharField("撤销理由", max_length=200, blank=True)
    sent_at = models.DateTimeField("送出时间", null=True, blank=True)
    sent_by = models.BigIntegerField("送出人", null=True, blank=True)
    sent_by_name = models.CharField("送出人姓名", max_length=60, blank=True)
    answered_at = models.DateTimeField("回单时间", null=True, blank=True)
    answered_by = models.BigIntegerField("回单登记人", null=True, blank=True)
    reconciled_at = models.DateTimeField("对账时间", null=True, blank=True)
    reconciled_by = models.BigIntegerField("对账人", null=True, blank=True)

    class Meta:
        verbose_name = "发放批次"
        constraints = [
            models.UniqueConstraint(fields=["id", "area_code"], name="batch_id_area"),
            models.CheckConstraint(
                name="batch_status", condition=models.Q(status__in=BatchStatus.codes())
            ),
            models.UniqueConstraint(fields=["plan", "run"], name="batch_run_once"),
            *[_pair(verb) for verb in ("voided", "sent", "answered", "reconciled")],
            # 四眼原则: whoever prepared the batch never sends it.
            models.CheckConstraint(
                name="batch_four_eyes", condition=~models.Q(sent_by=models.F("prepared_by"))
            ),
            models.CheckConstraint(
                name="batch_voided_with_reason",
                condition=models.Q(
                    status=BatchStatus.VOIDED, voided_at__isnull=False, voided_reason__gt=""
                )
                | (~models.Q(status=BatchStatus.VOIDED) & models.Q(voided_at=None)),
            ),
            models.CheckConstraint(
                name="batch_sent_file",
                condition=models.Q(
                    status__in=NEVER_SENT, sent_at=None, file_digest="", file_fen=None
                )
                | (
                    ~models.Q(status__in=NEVER_SENT)
                    & models.Q(
                        sent_at__isnull=False,
                        file_digest__regex=r"^[0-9a-f]{64}$",
                        file_fen=models.F("total_fen"),
                    )
                ),
            ),
        ]


class Instruction(models.Model):
    """One payment of a batch: to whom, how much, and what the bank said.

    What the bank file says is kept here as it was when the batch was prepared, so that the file
    can be made again, byte for byte, whatever the register learns later. The card is sealed for
    "instruction.card.<entry>", the number for "instruction.number.<entry>". The area is the
    batch's, since a payment on its way stays with those who sent it.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="instructions")
    area_code = AreaCodeField("区划")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    household_number = models.CharField("户编号", max_length=40, db_collation="C")
    village_code = AreaCodeField("发放区划")
    sequence = models.PositiveIntegerField("序号")
    holder_name = models.CharField("户名", max_length=60)
    number_sealed = SealedField("证件号", place="instruction.number", key="entry_id")
    bank = models.CharField("开户行", max_length=80)
    card_sealed = SealedField("卡号", place="instruction.card", key="entry_id")
    card_blind = models.BinaryField("卡号索引", max_length=16)
    card_tail = models.CharField("卡号末四位", max_length=4)
    amount_fen = models.BigIntegerField("金额（分）")
    period = models.CharField("发放年月", max_length=6)
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
            # However often aid is issued again, at most one instruction for a month may still pay.
            models.UniqueConstraint(
                fields=["entry", "period"],
                condition=~models.Q(status__in=ENDED),
                name="instruction_pays_once",
            ),
            models.CheckConstraint(name="instruction_amount", condition=models.Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="instruction_status",
                condition=models.Q(
                    status__in=(InstructionStatus.WAITING, InstructionStatus.VOID),
                    paid_date=None,
                    failure="",
                )
                | models.Q(status=InstructionStatus.PAID, paid_date__isnull=False, failure="")
                | (
                    models.Q(status=InstructionStatus.FAILED, paid_date=None)
                    & ~models.Q(failure="")
                ),
            ),
        ]

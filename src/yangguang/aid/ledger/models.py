"""What each family was promised and what it received, from anyone (救助成果信息数据库)."""

from django.db import models

from yangguang.aid.ledger.types import Origin
from yangguang.families.registry.models import Household
from yangguang.foundation.catalogue.types import AidKind, AidType
from yangguang.foundation.walls.fields import AreaCodeField


class Entry(models.Model):
    """One aid to one household: one-off, or continuing until it is stopped.

    `promised_fen` is what is approved and not yet paid, for one-off aid; for continuing aid in
    force the promise follows from `monthly_fen` and the payments of the last 365 days.
    """

    household = models.ForeignKey(Household, models.PROTECT, related_name="entries")
    area_code = AreaCodeField("区划")
    item_code = models.CharField("救助事项", max_length=40)
    type = models.CharField("困难类型", max_length=12, choices=AidType.pairs())
    kind = models.CharField("救助方式", max_length=10, choices=AidKind.pairs())
    payer = models.CharField("救助单位", max_length=60)
    # 自主裁量: given by rank or discretion, against entitlements that follow from a decision.
    is_discretionary = models.BooleanField("按预算限额", default=False)
    is_counted = models.BooleanField("计入指数", default=True)
    is_continuing = models.BooleanField("按月发放", default=False)
    monthly_fen = models.BigIntegerField("月标准（分）", default=0)
    promised_fen = models.BigIntegerField("已批未付（分）", default=0)
    started_date = models.DateField("起始日期")
    stopped_date = models.DateField("停发日期", null=True, blank=True)
    is_failed = models.BooleanField("作废", default=False)
    origin = models.CharField("来源", max_length=15, choices=Origin.pairs())
    # What the entry came from, unique within its origin, so that the same report twice is one.
    reference = models.CharField("来源编号", max_length=80)

    class Meta:
        verbose_name = "救助记录"
        indexes = [models.Index("household", "started_date", name="entry_by_household")]
        constraints = [
            models.UniqueConstraint(fields=["id", "area_code"], name="entry_id_area"),
            models.UniqueConstraint(fields=["origin", "reference"], name="entry_once"),
            models.CheckConstraint(name="entry_type", condition=models.Q(type__in=AidType.codes())),
            models.CheckConstraint(name="entry_kind", condition=models.Q(kind__in=AidKind.codes())),
            models.CheckConstraint(
                name="entry_origin", condition=models.Q(origin__in=Origin.codes())
            ),
            models.CheckConstraint(
                name="entry_not_negative",
                condition=models.Q(monthly_fen__gte=0, promised_fen__gte=0),
            ),
        ]


class Payment(models.Model):
    """Money or worth that has reached the family; nothing else is a payment."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="payments")
    area_code = AreaCodeField("区划")
    paid_date = models.DateField("到账日期")
    amount_fen = models.BigIntegerField("金额（分）")
    reference = models.CharField("凭证号", max_length=100, unique=True)

    class Meta:
        verbose_name = "到账记录"
        indexes = [models.Index("entry", "paid_date", name="payment_by_entry")]
        constraints = [
            models.CheckConstraint(name="payment_positive", condition=models.Q(amount_fen__gt=0))
        ]

"""The household itself, what it is recognised as, its account, and the mark of a change."""

from django.db import models

from yangguang.families.registry.types import Category, HouseholdChangeKind, RegisterType
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.walls.fields import AreaCodeField, SealedField


class HouseholdQuerySet(models.QuerySet["Household"]):
    """Adjectives of households."""

    def on_register(self) -> "HouseholdQuerySet":
        """Keep households that have not left the register."""
        return self.filter(closed_date=None)

    def within(self, scope: str) -> "HouseholdQuerySet":
        """Keep households of an area prefix."""
        return self.filter(area_id__gte=scope, area_id__lt=scope + ":")


class Household(models.Model):
    """共同生活的家庭: the unit that is registered, ranked and helped.

    `number` (户编号) is given once and never changes. `area_code` is the village where the family
    lives; `register_area_code` is set where its register is kept elsewhere (人户分离).
    """

    number = models.CharField("户编号", max_length=40, unique=True, db_collation="C")
    area = models.ForeignKey(
        Area, models.PROTECT, db_column="area_code", related_name="+", verbose_name="居住地村（居）"
    )
    register_area_code = AreaCodeField("户籍地区划", blank=True)
    register_type = models.CharField("户口性质", max_length=10, choices=RegisterType.pairs())
    head = models.ForeignKey(
        "Person", models.PROTECT, null=True, related_name="+", verbose_name="户主"
    )
    address = models.CharField("居住地址", max_length=200, blank=True)
    register_address = models.CharField("户籍地址", max_length=200, blank=True)
    group_name = models.CharField("村民小组", max_length=60, blank=True)
    phone_sealed = SealedField("联系电话", place="household.phone", default=b"")
    registered_at = models.DateTimeField("登记时间")
    accepted_at = models.DateTimeField("受理时间", null=True, blank=True)
    closed_date = models.DateField("退出日期", null=True, blank=True)
    facts_version = models.PositiveIntegerField("事实版本", default=1)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = "家庭"
        indexes = [models.Index("area", "number", name="household_by_area")]
        constraints = [
            models.UniqueConstraint(fields=["id", "area"], name="household_id_area"),
            models.CheckConstraint(
                name="household_register_type",
                condition=models.Q(register_type__in=RegisterType.codes()),
            ),
            models.CheckConstraint(
                name="household_open_has_head",
                condition=models.Q(head__isnull=False) | models.Q(closed_date__isnull=False),
            ),
        ]


class Mark(models.Model):
    """A household whose facts or aid have changed since it was last scored.

    Written by triggers on the tables of facts and of the ledger, taken up by the room above.
    """

    household = models.OneToOneField(
        Household, models.CASCADE, primary_key=True, related_name="+", verbose_name="家庭"
    )
    area_code = AreaCodeField("区划")

    class Meta:
        verbose_name = "待重算"


class Recognition(models.Model):
    """What a household is recognised as, by which decision, from when until when."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="recognitions")
    area_code = AreaCodeField("区划")
    category = models.CharField("保障类别", max_length=30, choices=Category.pairs())
    decided_date = models.DateField("审批日期", null=True, blank=True)
    document_number = models.CharField("文号", max_length=80, blank=True)
    monthly_fen = models.BigIntegerField("月保障金额（分）", default=0)
    next_review_date = models.DateField("下次复核日期", null=True, blank=True)
    # 存量: in force before the system came; without clocks or cards for the past.
    is_legacy = models.BooleanField("存量", default=False)
    started_date = models.DateField("起始日期")
    ended_date = models.DateField("终止日期", null=True, blank=True)
    end_reason = models.CharField("终止原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "保障类别"
        constraints = [
            models.UniqueConstraint(
                fields=["household", "category"],
                condition=models.Q(ended_date=None),
                name="recognition_once",
            ),
            models.CheckConstraint(
                name="recognition_category", condition=models.Q(category__in=Category.codes())
            ),
            models.CheckConstraint(
                name="recognition_amount", condition=models.Q(monthly_fen__gte=0)
            ),
            models.CheckConstraint(
                name="recognition_ends_after_start",
                condition=models.Q(ended_date=None)
                | models.Q(ended_date__gte=models.F("started_date")),
            ),
        ]


class BankAccount(models.Model):
    """The one card or passbook to which a household's aid is paid."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="accounts")
    area_code = AreaCodeField("区划")
    holder = models.ForeignKey("Person", models.PROTECT, related_name="+", verbose_name="持卡人")
    bank = models.CharField("开户行", max_length=80)
    card_sealed = SealedField("卡号", place="bankaccount.card", key="household_id")
    card_blind = models.BinaryField("卡号索引", max_length=16)
    started_date = models.DateField("启用日期")
    ended_date = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "一卡通账户"
        indexes = [models.Index("card_blind", name="account_by_card")]
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=models.Q(ended_date=None),
                name="one_card_per_household",
            ),
            models.CheckConstraint(
                name="account_bank_signs", condition=~models.Q(bank__regex=r"[|[:cntrl:]]")
            ),
        ]


class HouseholdChange(models.Model):
    """A change of the household as such: split, merged, another head, moved, closed."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="changes")
    area_code = AreaCodeField("区划")
    kind = models.CharField("变动", max_length=20, choices=HouseholdChangeKind.pairs())
    on_date = models.DateField("变动日期")
    other = models.ForeignKey(
        Household, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="相关家庭"
    )
    detail = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "家庭变动"
        constraints = [
            models.CheckConstraint(
                name="household_change_kind",
                condition=models.Q(kind__in=HouseholdChangeKind.codes()),
            )
        ]

"""The facts by which a household is understood, each with its source and date."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yangguang.families.registry.models.household import Household
from yangguang.families.registry.models.person import Person
from yangguang.families.registry.types import (
    AssetKind,
    DisabilityKind,
    DwellingGrade,
    Illness,
    IncomeClass,
    Marital,
    Occupation,
    PropertyStatus,
    ShockKind,
    Source,
    SpendingKind,
    Student,
    Tenure,
)
from yangguang.foundation.walls.fields import AreaCodeField, SealedField


class Fact(models.Model):
    """What every fact carries: whose, where, from what source, as of which day."""

    area_code = AreaCodeField("区划")
    source = models.CharField("来源", max_length=10, choices=Source.pairs())
    as_of_date = models.DateField("截至日期")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_source", condition=models.Q(source__in=Source.codes())
            )
        ]


def _known(name: str, field: str, codes: list[str]) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{f"{field}__in": codes}) | models.Q(**{f"{field}__isnull": True}),
    )


class PersonFacts(Fact):
    """Health, disability, schooling, work and family state of one person."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="facts")
    illness = models.CharField(
        "健康状况", max_length=10, choices=Illness.pairs(), null=True, blank=True
    )
    illness_sealed = SealedField("病种", place="personfacts.illness", key="person_id", default=b"")
    disability_kind = models.CharField(
        "残疾类别", max_length=15, choices=DisabilityKind.pairs(), null=True, blank=True
    )
    disability_grade = models.PositiveSmallIntegerField("残疾等级", null=True, blank=True)
    disability_card = models.BooleanField("残疾人证", default=False)
    student = models.CharField(
        "在读", max_length=12, choices=Student.pairs(), null=True, blank=True
    )
    school = models.CharField("学校", max_length=80, blank=True)
    occupation = models.CharField("职业状况", max_length=30, choices=Occupation.pairs())
    employed = models.BooleanField("就业", default=False)
    employer = models.CharField("工作单位", max_length=80, blank=True)
    monthly_income_fen = models.BigIntegerField("月收入（分）", default=0)
    unable_to_work = models.BooleanField("经认定无劳动能力", default=False)
    self_care_failed = models.PositiveSmallIntegerField("自理能力不能项数", null=True, blank=True)
    marital = models.CharField("婚姻状况", max_length=10, choices=Marital.pairs())
    unsupported_child = models.BooleanField("孤儿或事实无人抚养", default=False)
    special = models.CharField("特定对象", max_length=60, blank=True)

    class Meta(Fact.Meta):
        verbose_name = "人员事实"
        constraints = [
            *Fact.Meta.constraints,
            _known("facts_illness", "illness", Illness.codes()),
            _known("facts_disability_kind", "disability_kind", DisabilityKind.codes()),
            _known("facts_student", "student", Student.codes()),
            models.CheckConstraint(
                name="facts_disability_whole",
                condition=models.Q(disability_kind=None, disability_grade=None)
                | models.Q(
                    # A grade of NULL would make the range NULL, which a CHECK lets pass.
                    disability_kind__isnull=False,
                    disability_grade__isnull=False,
                    disability_grade__range=(1, 4),
                ),
            ),
            models.CheckConstraint(
                name="facts_marital", condition=models.Q(marital__in=Marital.codes())
            ),
        ]


class Dwelling(Fact):
    """The home: whose, how safe, how large."""

    household = models.OneToOneField(
        Household, models.CASCADE, primary_key=True, related_name="dwelling"
    )
    tenure = models.CharField("住房来源", max_length=10, choices=Tenure.pairs())
    grade = models.CharField(
        "安全等级", max_length=1, choices=DwellingGrade.pairs(), null=True, blank=True
    )
    floor_area = models.DecimalField(
        "建筑面积（平方米）", max_digits=7, decimal_places=1, null=True, blank=True
    )
    rooms = models.PositiveSmallIntegerField("间数", null=True, blank=True)
    finish = models.CharField("装修", max_length=40, blank=True)

    class Meta(Fact.Meta):
        verbose_name = "住房"
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                name="dwelling_tenure", condition=models.Q(tenure__in=Tenure.codes())
            ),
            _known("dwelling_grade", "grade", DwellingGrade.codes()),
            models.CheckConstraint(
                name="dwelling_none_has_no_grade",
                condition=~models.Q(tenure=Tenure.NONE) | models.Q(grade=None),
            ),
            models.CheckConstraint(
                name="dwelling_area_positive",
                condition=models.Q(floor_area=None) | models.Q(floor_area__gt=0),
            ),
        ]


class Circumstances(Fact):
    """What the survey adds: family make-up, property finding, causes, signs of living."""

    household = models.OneToOneField(
        Household, models.CASCADE, primary_key=True, related_name="circumstances"
    )
    single_parent = models.BooleanField("单亲家庭", default=False)
    only_child_lost = models.BooleanField("独生子女死亡或伤残", default=False)
    property_status = models.CharField(
        "财产状况", max_length=10, choices=PropertyStatus.pairs(), default=PropertyStatus.WITHIN
    )
    causes = ArrayField(models.CharField(max_length=20), verbose_name="致困原因", default=list)
    cadre_relative = models.BooleanField("村（居）干部或经办人员近亲属", default=False)
    utilities_fen = models.BigIntegerField("月水电气费（分）", default=0)
    phone_fen = models.BigIntegerField("月通讯费（分）", default=0)
    livestock = models.CharField("畜禽", max_length=100, blank=True)
    farm_machines = models.CharField("农机具", max_length=100, blank=True)
    land_mu = models.DecimalField("承包地（亩）", max_digits=7, decimal_places=2, default=0)
    note = models.CharField("备注", max_length=200, blank=True)
    reviewed_date = models.DateField("最近复核日期")

    class Meta(Fact.Meta):
        verbose_name = "家庭情况"
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                name="circumstances_property",
                condition=models.Q(property_status__in=PropertyStatus.codes()),
            ),
        ]


class Income(Fact):
    """One class of income over twelve months, declared and, where checked, verified."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="incomes")
    kind = models.CharField("收入类别", max_length=20, choices=IncomeClass.pairs())
    declared_fen = models.BigIntegerField("申报金额（分）")
    verified_fen = models.BigIntegerField("核实金额（分）", null=True, blank=True)

    class Meta(Fact.Meta):
        verbose_name = "收入"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["household", "kind"], name="income_once"),
            models.CheckConstraint(
                name="income_kind", condition=models.Q(kind__in=IncomeClass.codes())
            ),
        ]


class Spending(Fact):
    """One kind of rigid self-paid spending over twelve months."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="spendings")
    kind = models.CharField("支出类别", max_length=20, choices=SpendingKind.pairs())
    amount_fen = models.BigIntegerField("金额（分）")

    class Meta(Fact.Meta):
        verbose_name = "刚性支出"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["household", "kind"], name="spending_once"),
            models.CheckConstraint(
                name="spending_kind", condition=models.Q(kind__in=SpendingKind.codes())
            ),
            models.CheckConstraint(
                name="spending_not_negative", condition=models.Q(amount_fen__gte=0)
            ),
        ]


class Asset(Fact):
    """A thing of value: money, vehicle, house, company."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="assets")
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("财产类别", max_length=20, choices=AssetKind.pairs())
    value_fen = models.BigIntegerField("价值（分）")
    detail = models.JSONField("明细", default=dict, blank=True)
    acquired_date = models.DateField("取得日期", null=True, blank=True)

    class Meta(Fact.Meta):
        verbose_name = "财产"
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                name="asset_kind", condition=models.Q(kind__in=AssetKind.codes())
            ),
            models.CheckConstraint(name="asset_not_negative", condition=models.Q(value_fen__gte=0)),
        ]


class Shock(Fact):
    """A sudden event with its loss."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="shocks")
    kind = models.CharField("突发事件", max_length=10, choices=ShockKind.pairs())
    on_date = models.DateField("发生日期")
    loss_fen = models.BigIntegerField("损失（分）")
    main_worker_died = models.BooleanField("主要劳动力死亡", default=False)
    detail = models.CharField("说明", max_length=200, blank=True)

    class Meta(Fact.Meta):
        verbose_name = "突发事件"
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                name="shock_kind", condition=models.Q(kind__in=ShockKind.codes())
            ),
            models.CheckConstraint(name="shock_not_negative", condition=models.Q(loss_fen__gte=0)),
        ]


class Supporter(Fact):
    """赡养（抚养、扶养）义务人 who does not live with the family: a third person, kept minimal."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="supporters")
    name = models.CharField("姓名", max_length=60)
    relation = models.CharField("与户主关系", max_length=40)
    number_sealed = SealedField("身份证号", place="supporter.number", default=b"")
    number_blind = models.BinaryField("身份证号索引", max_length=16, default=b"")
    area_of_living = models.CharField("现住地", max_length=100, blank=True)
    family_size = models.PositiveSmallIntegerField("家庭人口", default=1)
    family_income_fen = models.BigIntegerField("家庭年收入（分）", default=0)
    monthly_support_fen = models.BigIntegerField("月赡养费（分）", default=0)

    class Meta(Fact.Meta):
        verbose_name = "赡养义务人"

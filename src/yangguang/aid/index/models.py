"""Stored scores, the order they give, and the counters by which a rank is exact at any size."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Cast, Floor, Left

from yangguang.aid.index.types import CounterKind
from yangguang.families.registry.models import Household
from yangguang.foundation.catalogue.types import AidType
from yangguang.foundation.walls.fields import AreaCodeField

# Sixteenths of a point: small enough that counting inside one is short at five million households.
BUCKETS_PER_POINT = 16


def _prefix(length: int, name: str) -> models.GeneratedField:
    return models.GeneratedField(
        expression=Left("area_code", length),
        output_field=models.CharField(max_length=length, db_collation="C"),
        db_persist=True,
        verbose_name=name,
    )


def _of_type(place: int, code: str) -> models.Index:
    """Give the index of one type's list within a county; `place` from 0, as Django counts."""
    return models.Index(
        models.F("county_code"),
        models.F(f"types__{place}").desc(),
        models.F("assistance").desc(),
        name=f"score_{code}",
        condition=models.Q(**{f"types__{place}__gt": 0}),
    )


class Score(models.Model):
    """One household's indices as of a day, with the points they are the sum of.

    `order_key` is one C-collated text whose ascending order is the model's total order, so that
    any page of any area is an index scan and any rank a comparison. `types` holds the index of each
    type of hardship after aid, in the order of `AidType`, zero where there is none. Each type has
    one index, a county's: a city's list is merged from its counties', a township's filtered out of
    its county's; ties of type index and A are ordered by `order_key`.
    """

    # No constraint of its own: the walls bind the household and its area together.
    household = models.OneToOneField(
        Household, models.CASCADE, primary_key=True, related_name="score", db_constraint=False
    )
    area_code = AreaCodeField("区划")
    town_code = _prefix(9, "乡镇（街道）")
    county_code = _prefix(6, "县（市）区")
    city_code = _prefix(4, "市")
    points = ArrayField(models.FloatField(), verbose_name="各项得分", size=9)
    types = ArrayField(models.FloatField(), verbose_name="类型指数", size=len(AidType))
    deprived = models.PositiveSmallIntegerField("困难维度数")
    extent = models.FloatField("维度强度")
    hardship = models.FloatField("困难指数")
    received = models.FloatField("已获救助（元）")
    need = models.FloatField("全年缺口（元）")
    assistance = models.FloatField("救助指数")
    left = models.FloatField("人均剩余月收入（元）")
    band = models.PositiveSmallIntegerField("困难程度")
    members = models.PositiveSmallIntegerField("共同生活人数")
    bucket = models.GeneratedField(
        expression=Cast(
            Floor(models.F("assistance") * BUCKETS_PER_POINT), models.PositiveSmallIntegerField()
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
        verbose_name="分段",
    )
    last_payment_date = models.DateField("最近救助日期", null=True, blank=True)
    last_payment_fen = models.BigIntegerField("最近救助金额（分）", default=0)
    flags = models.PositiveSmallIntegerField("标记", default=0)
    order_key = models.CharField("次序", max_length=140, db_collation="C")
    model_version = models.CharField("模型版本", max_length=80)
    facts_version = models.PositiveIntegerField("事实版本")
    on_date = models.DateField("计算日期")

    class Meta:
        verbose_name = "救助指数"
        indexes = [
            models.Index("area_code", "order_key", name="score_village"),
            models.Index("town_code", "order_key", name="score_town"),
            models.Index("county_code", "order_key", name="score_county"),
            models.Index("city_code", "order_key", name="score_city"),
            *(_of_type(place, code) for place, code in enumerate(AidType.codes())),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(types__len=len(AidType)), name="score_has_every_type"
            )
        ]


class Counter(models.Model):
    """How many households of an area stand in one bucket, band or flag; no personal data.

    `area_code` is a prefix of 4, 6, 9 or 12 digits; buckets are kept for cities and counties, whole
    points for townships, none for villages, where counting is shorter. Kept by a trigger on
    `Score`, in one fixed order of rows, so that writers never deadlock.
    """

    pk = models.CompositePrimaryKey("area_code", "kind", "value")
    area_code = AreaCodeField("区划")
    kind = models.CharField("计数", max_length=6, choices=CounterKind.pairs(), db_collation="C")
    value = models.SmallIntegerField("段")
    # Not "positive": an upsert checks the proposed row, here a fall, before it adds it to the sum.
    households = models.IntegerField("户数")
    people = models.IntegerField("人数")

    class Meta:
        verbose_name = "计数"


class Run(models.Model):
    """A whole-area computation: which model, as of which day, how many."""

    area_code = AreaCodeField("区划")
    on_date = models.DateField("计算日期")
    model_version = models.CharField("模型版本", max_length=80)
    households = models.PositiveIntegerField("户数")
    finished_at = models.DateTimeField("完成时间")

    class Meta:
        verbose_name = "指数计算"

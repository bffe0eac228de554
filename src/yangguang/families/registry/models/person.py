"""Persons, the households they belong to in time, and photos."""

from django.db import models

from yangguang.families.registry.models.household import Household
from yangguang.families.registry.types import (
    MembershipEnd,
    MembershipStart,
    NumberKind,
    PhotoKind,
    Relation,
    Sex,
)
from yangguang.foundation.files.models import Image
from yangguang.foundation.walls.fields import AreaCodeField, SealedField


class Person(models.Model):
    """A person, once, whichever household he or she belongs to.

    The identity number is sealed; `number_blind` finds it by equality. `place` of the seal is
    "person.number.<id>".
    """

    area_code = AreaCodeField("区划")
    name = models.CharField("姓名", max_length=60, db_collation="C")
    pinyin = models.CharField("拼音", max_length=160, blank=True, db_collation="C")
    initials = models.CharField("拼音首字母", max_length=30, blank=True, db_collation="C")
    number_kind = models.CharField("证件类别", max_length=10, choices=NumberKind.pairs())
    number_sealed = SealedField("身份证号", place="person.number")
    number_blind = models.BinaryField("身份证号索引", max_length=16, unique=True)
    sex = models.CharField("性别", max_length=10, choices=Sex.pairs())
    born_date = models.DateField("出生日期")
    died_date = models.DateField("死亡日期", null=True, blank=True)
    ethnic = models.CharField("民族", max_length=20, default="汉族")

    class Meta:
        verbose_name = "人员"
        indexes = [
            models.Index("area_code", "name", name="person_by_name"),
            models.Index("name", name="person_by_name_alone"),
            models.Index("initials", name="person_by_initials"),
            models.Index("pinyin", name="person_by_pinyin"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["id", "area_code"], name="person_id_area"),
            models.CheckConstraint(
                name="person_number_kind", condition=models.Q(number_kind__in=NumberKind.codes())
            ),
            models.CheckConstraint(
                name="person_name_signs", condition=~models.Q(name__regex=r"[|[:cntrl:]]")
            ),
            models.CheckConstraint(name="person_sex", condition=models.Q(sex__in=Sex.codes())),
            models.CheckConstraint(
                name="person_dies_after_birth",
                condition=models.Q(died_date=None) | models.Q(died_date__gte=models.F("born_date")),
            ),
        ]


class Membership(models.Model):
    """A person's time in a household; a person belongs to one household at a time."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="memberships")
    area_code = AreaCodeField("区划")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    relation = models.CharField("与户主关系", max_length=20, choices=Relation.pairs())
    # 共同生活: serving prisoners, missing persons and the like stay listed and are not counted.
    is_counted = models.BooleanField("共同生活", default=True)
    is_protected = models.BooleanField("保障对象", default=True)
    started_date = models.DateField("加入日期")
    start_reason = models.CharField("加入原因", max_length=20, choices=MembershipStart.pairs())
    ended_date = models.DateField("退出日期", null=True, blank=True)
    end_reason = models.CharField(
        "退出原因", max_length=20, choices=MembershipEnd.pairs(), blank=True
    )

    class Meta:
        verbose_name = "家庭成员"
        indexes = [
            models.Index(
                "household", condition=models.Q(ended_date=None), name="membership_current"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(ended_date=None),
                name="person_in_one_household",
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=models.Q(ended_date=None, relation=Relation.HEAD),
                name="household_has_one_head",
            ),
            models.CheckConstraint(
                name="membership_relation", condition=models.Q(relation__in=Relation.codes())
            ),
            models.CheckConstraint(
                name="membership_ends_with_reason",
                condition=models.Q(ended_date=None, end_reason="")
                | (models.Q(ended_date__isnull=False) & ~models.Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="membership_ends_after_start",
                condition=models.Q(ended_date=None)
                | models.Q(ended_date__gte=models.F("started_date")),
            ),
        ]


class Photo(models.Model):
    """A picture of a family, its members, its home or a paper; the bytes lie in `files`."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="photos")
    area_code = AreaCodeField("区划")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="photos")
    kind = models.CharField("类别", max_length=20, choices=PhotoKind.pairs())
    image = models.ForeignKey(Image, models.PROTECT, related_name="+")
    caption = models.CharField("说明", max_length=100, blank=True)
    taken_at = models.DateTimeField("拍摄时间")
    is_made = models.BooleanField("示例", default=False)

    class Meta:
        verbose_name = "照片"

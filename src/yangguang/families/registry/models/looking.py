"""Who saw what of a family: each day on which a file was opened, each reveal of a masked value."""

from django.db import models

from yangguang.families.registry.models.household import Household
from yangguang.families.registry.models.person import Person
from yangguang.families.registry.types import Purpose, Secret
from yangguang.foundation.walls.fields import AreaCodeField


class Look(models.Model):
    """A file that somebody opened on a day, and how often (查阅).

    One row a family, reader and day, so that the table stays small; written by its verb alone. The
    reader is kept as values, without a foreign key, as the trail keeps its actor.
    """

    household = models.ForeignKey(Household, models.PROTECT, related_name="looks")
    area_code = AreaCodeField("区划")
    reader_id = models.BigIntegerField("查看人")
    reader_name = models.CharField("查看人姓名", max_length=60)
    reader_role = models.CharField("岗位", max_length=40)
    on_date = models.DateField("日期")
    count = models.PositiveIntegerField("次数")
    night_count = models.PositiveIntegerField("夜间次数")
    first_at = models.DateTimeField("首次时间")
    last_at = models.DateTimeField("末次时间")

    class Meta:
        verbose_name = "查阅"
        indexes = [models.Index("on_date", "area_code", name="look_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "on_date", "reader_id", "reader_role"], name="look_once_a_day"
            ),
            models.CheckConstraint(name="look_counted", condition=models.Q(count__gte=1)),
            models.CheckConstraint(
                name="look_night_within", condition=models.Q(night_count__lte=models.F("count"))
            ),
            models.CheckConstraint(
                name="look_ends_after_start",
                condition=models.Q(last_at__gte=models.F("first_at")),
            ),
        ]


class Reveal(models.Model):
    """A masked value that was shown whole, to whom and for what; never the value (完整查看)."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="reveals")
    area_code = AreaCodeField("区划")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    secret = models.CharField("内容", max_length=20, choices=Secret.pairs())
    purpose = models.CharField("业务需要", max_length=20, choices=Purpose.pairs())
    words = models.CharField("具体事由", max_length=100)
    at = models.DateTimeField("时间")
    reader_id = models.BigIntegerField("查看人")
    reader_name = models.CharField("查看人姓名", max_length=60)
    reader_role = models.CharField("岗位", max_length=40)

    class Meta:
        verbose_name = "完整查看"
        indexes = [
            models.Index("household", "at", name="reveal_by_household"),
            models.Index("at", name="reveal_by_time"),
        ]
        constraints = [
            models.CheckConstraint(
                name="reveal_secret", condition=models.Q(secret__in=Secret.codes())
            ),
            models.CheckConstraint(
                name="reveal_purpose", condition=models.Q(purpose__in=Purpose.codes())
            ),
            models.CheckConstraint(name="reveal_words", condition=~models.Q(words="")),
            models.CheckConstraint(
                name="reveal_of_person",
                condition=models.Q(secret__in=[Secret.NUMBER, Secret.DISEASE], person__isnull=False)
                | models.Q(secret__in=[Secret.CARD, Secret.PHONE], person=None),
            ),
        ]

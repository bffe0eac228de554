"""The trail: one row a verb, written in the verb's own transaction, chained, never changed."""

from datetime import timedelta

from django.db import models

from yangguang.foundation.walls.fields import AreaCodeField


class Record(models.Model):
    """Who did which verb to what, when, why and on what legal ground; never the data itself.

    The actor is kept as values, without a foreign key: the record outlives the account. `digest`
    is of what the verb was given, `before` and `after` of the object's state, `root` the Merkle
    root of a batch's payments; each is 32 bytes or none.
    """

    at = models.DateTimeField("时间")
    verb = models.CharField("动作", max_length=60)
    object_kind = models.CharField("对象", max_length=60)
    object_key = models.CharField("对象编号", max_length=80)
    area_code = AreaCodeField("区划")
    actor_id = models.BigIntegerField("经办人")
    actor_name = models.CharField("经办人姓名", max_length=60)
    actor_role = models.CharField("岗位", max_length=40)
    reason = models.TextField("理由", blank=True)
    ground = models.CharField("依据", max_length=200, blank=True)
    digest = models.BinaryField("摘要", max_length=32, default=b"")
    before = models.BinaryField("变更前摘要", max_length=32, default=b"")
    after = models.BinaryField("变更后摘要", max_length=32, default=b"")
    root = models.BinaryField("明细摘要根", max_length=32, default=b"")

    class Meta:
        verbose_name = "留痕"
        indexes = [
            models.Index("object_kind", "object_key", "at", name="audit_by_object"),
            models.Index("area_code", "at", name="audit_by_area"),
        ]
        constraints = [
            models.CheckConstraint(
                name="audit_area_digits", condition=models.Q(area_code__regex=r"^[0-9]{12}$")
            ),
        ]


class Link(models.Model):
    """A record's place in the chain of its shard; written by trigger alone (留痕链)."""

    pk = models.CompositePrimaryKey("shard", "sequence")
    shard = models.CharField("分片", max_length=6, db_collation="C")
    sequence = models.BigIntegerField("序号")
    record_id = models.BigIntegerField("留痕", unique=True)
    hash = models.BinaryField("哈希", max_length=32)

    class Meta:
        verbose_name = "留痕链"
        constraints = [
            models.CheckConstraint(name="audit_link_from_one", condition=models.Q(sequence__gte=1)),
        ]


class Shard(models.Model):
    """A county, or what stands above the counties, with a chain of its own (分片).

    Its row is locked by whoever adds to the chain; written by trigger alone.
    """

    code = models.CharField("分片", max_length=6, db_collation="C", primary_key=True)

    class Meta:
        verbose_name = "分片"


class Head(models.Model):
    """A signed head (链头): `content` is what the anchor file holds, `hash` that of its message."""

    number = models.BigIntegerField("序号", primary_key=True)
    on_date = models.DateField("日期")
    at = models.DateTimeField("时间")
    hash = models.BinaryField("哈希", max_length=32)
    content = models.JSONField("内容")
    # The last release that this head or one before it has published.
    released_until = models.BigIntegerField("已公布放行", default=0)

    class Meta:
        verbose_name = "链头"


class Release(models.Model):
    """Two named persons let approvals and payments go on without a fresh anchor (放行)."""

    at = models.DateTimeField("时间")
    until = models.DateTimeField("截止")
    by_id = models.BigIntegerField("放行人")
    by_name = models.CharField("放行人姓名", max_length=60)
    second_id = models.BigIntegerField("第二放行人")
    second_name = models.CharField("第二放行人姓名", max_length=60)
    reason = models.TextField("理由")

    class Meta:
        verbose_name = "放行"
        constraints = [
            models.CheckConstraint(
                name="audit_release_two",
                condition=~models.Q(by_id=models.F("second_id")),
            ),
            models.CheckConstraint(name="audit_release_reason", condition=~models.Q(reason="")),
            models.CheckConstraint(
                name="audit_release_a_day",
                condition=models.Q(until__lte=models.F("at") + timedelta(hours=24)),
            ),
        ]

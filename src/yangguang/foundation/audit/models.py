"""The trail: one row a verb, written in the verb's own transaction, never changed."""

from django.db import models

from yangguang.foundation.walls.fields import AreaCodeField


class Record(models.Model):
    """Who did which verb to what, when, why and on what legal ground; never the data itself.

    The actor is kept as values, without a foreign key: the record outlives the account.
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

    class Meta:
        verbose_name = "留痕"
        indexes = [
            models.Index("object_kind", "object_key", "at", name="audit_by_object"),
            models.Index("area_code", "at", name="audit_by_area"),
        ]

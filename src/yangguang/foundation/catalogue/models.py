"""Policy as data: every version with its dates, its reference and its digest."""

from django.db import models

from yangguang.foundation.catalogue.types import PolicyKind, PolicyVersion
from yangguang.foundation.walls.fields import AreaCodeField

_KINDS = {kind.value: kind for kind in PolicyKind}


class PolicyQuerySet(models.QuerySet["Policy"]):
    """Adjectives of policy versions."""

    def in_force(self, on: object) -> "PolicyQuerySet":
        """Keep versions in force on a date."""
        return self.filter(valid_from__lte=on).filter(
            models.Q(valid_until=None) | models.Q(valid_until__gt=on)
        )


class Policy(models.Model):
    """One version of one policy for one area; once loaded, its content never changes.

    `area_code` is a prefix: the longest that fits an area wins, then the latest `valid_from`.
    """

    kind = models.CharField("类别", max_length=30, choices=PolicyKind.pairs())
    key = models.CharField("编号", max_length=60)
    area_code = AreaCodeField("适用区划")
    valid_from = models.DateField("施行日期")
    valid_until = models.DateField("废止日期", null=True, blank=True)
    title = models.CharField("名称", max_length=200)
    reference = models.TextField("依据")
    sample = models.BooleanField("示例", default=False)
    digest = models.CharField("摘要", max_length=64)
    content = models.JSONField("内容")
    loaded_at = models.DateTimeField("载入时间")

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "政策"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "area_code", "valid_from"], name="policy_once"
            ),
            models.CheckConstraint(
                name="policy_kind", condition=models.Q(kind__in=PolicyKind.codes())
            ),
            models.CheckConstraint(
                name="policy_ends_after_start",
                condition=models.Q(valid_until=None)
                | models.Q(valid_until__gt=models.F("valid_from")),
            ),
        ]

    @property
    def version(self) -> PolicyVersion:
        """The version as rules know it."""
        return PolicyVersion(
            kind=_KINDS[self.kind],
            key=self.key,
            area_code=self.area_code,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            title=self.title,
            reference=self.reference,
            sample=self.sample,
            digest=self.digest,
            content=self.content,
        )

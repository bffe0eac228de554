"""Areas in time, the service bodies that stand in them, and who leads."""

from django.db import models

from yangguang.foundation.divisions.types import (
    AreaView,
    BodyFacts,
    BodyKind,
    ChangeKind,
    Level,
    OrganisationKind,
)
from yangguang.foundation.walls.fields import AreaCodeField

_BODY_KINDS = {kind.value: kind for kind in BodyKind}


class AreaQuerySet(models.QuerySet["Area"]):
    """Adjectives of areas."""

    def within(self, scope: str) -> "AreaQuerySet":
        """Keep areas whose code starts with `scope`."""
        return self.filter(code__gte=scope, code__lt=scope + ":")

    def in_force(self, on: object) -> "AreaQuerySet":
        """Keep areas that exist on a date."""
        return self.filter(valid_from__lte=on).filter(
            models.Q(valid_until=None) | models.Q(valid_until__gt=on)
        )


class Area(models.Model):
    """A unit of division; the twelve-digit code is the hierarchy and is never used twice."""

    code = AreaCodeField("区划代码", primary_key=True)
    name = models.CharField("名称", max_length=60)
    level = models.PositiveSmallIntegerField("级别")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    valid_from = models.DateField("起始日期")
    valid_until = models.DateField("终止日期", null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = "区划"
        constraints = [
            models.CheckConstraint(
                name="area_code_digits", condition=models.Q(code__regex=r"^[0-9]{12}$")
            ),
            models.CheckConstraint(
                name="area_level_known", condition=models.Q(level__range=(1, 5))
            ),
            models.CheckConstraint(
                name="area_root_alone",
                condition=models.Q(level=1) | models.Q(parent__isnull=False),
            ),
            models.CheckConstraint(
                name="area_ends_after_start",
                condition=models.Q(valid_until=None)
                | models.Q(valid_until__gt=models.F("valid_from")),
            ),
        ]

    @property
    def view(self) -> AreaView:
        """The area as rules know it."""
        return AreaView(
            code=self.code,
            name=self.name,
            level=Level(self.level),
            parent=self.parent_id,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
        )


class FormerName(models.Model):
    """What an area was called, and to whom it belonged, before."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="former_names")
    name = models.CharField("原名称", max_length=60)
    parent_code = AreaCodeField("原上级", blank=True)
    valid_from = models.DateField("起始日期")
    valid_until = models.DateField("终止日期")


class AreaChange(models.Model):
    """A change with its predecessor and successor codes: how old records find today's area."""

    kind = models.CharField("变更", max_length=20, choices=ChangeKind.pairs())
    on_date = models.DateField("变更日期")
    old_code = AreaCodeField("原代码")
    new_code = AreaCodeField("新代码")
    reference = models.CharField("文号", max_length=200, blank=True)

    class Meta:
        verbose_name = "区划变更"
        constraints = [
            models.UniqueConstraint(
                fields=["on_date", "old_code", "new_code"], name="area_change_once"
            ),
            models.CheckConstraint(
                name="area_change_kind", condition=models.Q(kind__in=ChangeKind.codes())
            ),
        ]


class ServiceBody(models.Model):
    """A centre, station or point (服务中心、服务站、服务点) with its six haves (六有)."""

    kind = models.CharField("类别", max_length=10, choices=BodyKind.pairs())
    area = models.ForeignKey(Area, models.PROTECT, related_name="bodies", verbose_name="所在区划")
    name = models.CharField("名称", max_length=80)
    address = models.CharField("地址", max_length=200, blank=True)
    office_area = models.DecimalField(
        "办公场所面积（平方米）", max_digits=8, decimal_places=1, default=0
    )
    windows = models.PositiveSmallIntegerField("服务窗口（个）", default=0)
    staff = models.PositiveSmallIntegerField("工作人员（人）", default=0)
    computers = models.PositiveSmallIntegerField("专用计算机（台）", default=0)
    vehicles = models.PositiveSmallIntegerField("专用车辆（辆）", default=0)
    phone = models.CharField("监督服务电话", max_length=30, blank=True)
    rules_posted = models.BooleanField("规章制度健全", default=False)
    responsible = models.CharField("负责人", max_length=60, blank=True)
    yearly_budget_fen = models.BigIntegerField("年度工作经费（分）", default=0)
    opened_date = models.DateField("设立日期")
    closed_date = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = "服务机构"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "kind"],
                condition=models.Q(closed_date=None),
                name="one_open_body_per_area_and_kind",
            ),
            models.CheckConstraint(
                name="service_body_kind", condition=models.Q(kind__in=BodyKind.codes())
            ),
        ]

    @property
    def facts(self) -> BodyFacts:
        """The body as rules know it."""
        return BodyFacts(
            kind=_BODY_KINDS[self.kind],
            area_code=self.area_id,
            name=self.name,
            opened_date=self.opened_date,
            address=self.address,
            office_area=self.office_area,
            windows=self.windows,
            staff=self.staff,
            computers=self.computers,
            vehicles=self.vehicles,
            phone=self.phone,
            rules_posted=self.rules_posted,
            responsible=self.responsible,
            yearly_budget_fen=self.yearly_budget_fen,
        )


class Organisation(models.Model):
    """The leading group, its office, its units, and the departments that give aid."""

    code = models.CharField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("类别", max_length=20, choices=OrganisationKind.pairs())
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="所在区划")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="members", verbose_name="上级"
    )
    responsible = models.CharField("负责人", max_length=60, blank=True)
    phone = models.CharField("电话", max_length=30, blank=True)

    class Meta:
        verbose_name = "组织机构"
        constraints = [
            models.CheckConstraint(
                name="organisation_kind", condition=models.Q(kind__in=OrganisationKind.codes())
            )
        ]

"""Posts proposed by one person and decided by another."""

from django.db import models

from yangguang.foundation.accounts.models.staff import Post, Staff
from yangguang.foundation.accounts.types import AppointmentKind, AppointmentStatus
from yangguang.foundation.divisions.models import Area


class Appointment(models.Model):
    """A proposal that somebody be given a post, or stand in for its holder for a while.

    The person is named by log-in name: the account of a new one is made when it is granted.
    """

    kind = models.CharField("方式", max_length=20, choices=AppointmentKind.pairs())
    status = models.CharField(
        "状态", max_length=24, choices=AppointmentStatus.pairs(), default=AppointmentStatus.PROPOSED
    )
    username = models.CharField("登录名", max_length=40)
    name = models.CharField("姓名", max_length=60)
    role = models.CharField("岗位", max_length=40)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="辖区")
    from_date = models.DateField("到岗日期")
    until_date = models.DateField("离岗日期", null=True, blank=True)
    stands_for = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代行"
    )
    reason = models.TextField("理由")
    proposed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("审定时间", null=True)
    decline_reason = models.TextField("未批准理由", blank=True)
    post = models.OneToOneField(Post, models.PROTECT, null=True, related_name="appointment")

    class Meta:
        verbose_name = "任免"
        constraints = [
            models.CheckConstraint(
                name="appointment_kind_known",
                condition=models.Q(kind__in=AppointmentKind.codes()),
            ),
            models.CheckConstraint(
                name="appointment_four_eyes",
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("proposed_by")),
            ),
            models.CheckConstraint(
                name="appointment_decided_by_somebody",
                condition=models.Q(
                    status=AppointmentStatus.PROPOSED,
                    decided_by=None,
                    decided_at=None,
                    post=None,
                )
                | models.Q(
                    status=AppointmentStatus.GRANTED,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    post__isnull=False,
                )
                | models.Q(
                    status=AppointmentStatus.DECLINED,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    post=None,
                ),
            ),
            models.CheckConstraint(
                name="appointment_delegation_ends",
                condition=models.Q(kind=AppointmentKind.APPOINTMENT, stands_for=None)
                | models.Q(
                    kind=AppointmentKind.DELEGATION,
                    stands_for__isnull=False,
                    until_date__gt=models.F("from_date"),
                ),
            ),
        ]

"""The sessions that stand."""

from django.db import models

from yangguang.foundation.accounts.models.staff import Staff


class OpenSession(models.Model):
    """A log-in that stands: whose, since when, from what device; gone when it ends."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="open_sessions")
    session_key = models.CharField("会话", max_length=40, unique=True)
    started_at = models.DateTimeField("登录时间")
    device = models.CharField("设备", max_length=120)

    class Meta:
        verbose_name = "会话"

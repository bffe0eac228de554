"""By what a person is known at the log-in: invitation, second factor, pledge, known devices."""

from django.db import models

from yangguang.foundation.accounts.models.staff import Staff
from yangguang.foundation.walls.fields import SealedField


class Invitation(models.Model):
    """A one-time secret, kept as a digest, by which a person sets password and second factor."""

    staff = models.OneToOneField(Staff, models.PROTECT, related_name="invitation")
    digest = models.BinaryField("摘要", max_length=32)
    expires_at = models.DateTimeField("失效时间")

    class Meta:
        verbose_name = "一次性口令"


class Authenticator(models.Model):
    """A person's generator of six-digit codes; its secret is sealed, each code counts once."""

    staff = models.OneToOneField(Staff, models.PROTECT, related_name="authenticator")
    secret = SealedField("密钥", place="accounts_authenticator.secret", key="staff_id")
    confirmed_at = models.DateTimeField("启用时间", null=True)
    last_step = models.BigIntegerField("最近一次时间步", default=0)

    class Meta:
        verbose_name = "动态码"


class Pledge(models.Model):
    """A pledge of secrecy that a person signed: which text, by its digest, and when."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="pledges")
    version = models.CharField("版本", max_length=20)
    digest = models.BinaryField("摘要", max_length=32)
    signed_at = models.DateTimeField("签署时间")

    class Meta:
        verbose_name = "保密承诺"
        constraints = [models.UniqueConstraint("staff", "digest", name="pledge_signed_once")]


class KnownDevice(models.Model):
    """A browser from which a person has logged in, by the keyed digest of its cookie."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="known_devices")
    device = models.BinaryField("设备", max_length=16)
    seen_at = models.DateTimeField("最近登录")

    class Meta:
        verbose_name = "常用设备"
        constraints = [models.UniqueConstraint("staff", "device", name="device_known_once")]


class FailedTry(models.Model):
    """A log-in that failed: which name, from which address and device, all as keyed digests."""

    at = models.DateTimeField("时间", db_index=True)
    account = models.BinaryField("登录名", max_length=16)
    address = models.BinaryField("地址", max_length=16)
    device = models.BinaryField("设备", max_length=16)

    class Meta:
        verbose_name = "登录失败"

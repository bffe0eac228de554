"""Stored bytes and what is known of them."""

from django.db import models


class Image(models.Model):
    """A picture, re-encoded on arrival in three sizes; its name on disk is its digest.

    It holds no personal data beside the bytes, which only an authorised view gives out.
    """

    digest = models.CharField("摘要", max_length=64, unique=True)
    width = models.PositiveIntegerField("宽")
    height = models.PositiveIntegerField("高")
    size = models.PositiveIntegerField("字节")
    stored_at = models.DateTimeField("存入时间")

    class Meta:
        verbose_name = "图像"

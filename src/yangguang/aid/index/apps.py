"""The Django app of this room."""

from django.apps import AppConfig


class IndexConfig(AppConfig):
    """Name and label."""

    name = "yangguang.aid.index"
    label = "index"
    default_auto_field = "django.db.models.BigAutoField"

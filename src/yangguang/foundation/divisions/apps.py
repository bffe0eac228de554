"""The Django app of this room."""

from django.apps import AppConfig


class DivisionsConfig(AppConfig):
    """Name and label."""

    name = "yangguang.foundation.divisions"
    label = "divisions"
    default_auto_field = "django.db.models.BigAutoField"

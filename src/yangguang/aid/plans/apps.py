"""The Django app of this room."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Name and label."""

    name = "yangguang.aid.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

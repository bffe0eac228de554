"""The Django app of this room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Name and label."""

    name = "yangguang.foundation.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

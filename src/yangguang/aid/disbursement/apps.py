"""The Django app of this room."""

from django.apps import AppConfig


class DisbursementConfig(AppConfig):
    """Name and label."""

    name = "yangguang.aid.disbursement"
    label = "disbursement"
    default_auto_field = "django.db.models.BigAutoField"

"""The Django app of this room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Name and label."""

    name = "yangguang.aid.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

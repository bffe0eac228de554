"""The Django app of this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Name and label."""

    name = "yangguang.foundation.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

"""The Django app of this room."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Name and label."""

    name = "yangguang.foundation.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"

"""The Django app of this room."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Name and label."""

    name = "yangguang.families.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"

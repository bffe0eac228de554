"""The Django app of this room."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Name and label."""

    name = "yangguang.foundation.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

"""All addresses."""

from django.urls import include, path

urlpatterns = [
    path("", include("yangguang.faces.look.urls")),
    path("", include("yangguang.faces.desk.urls")),
]

"""Addresses of service bodies and areas."""

from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yangguang.faces.desk.bodies import views

urlpatterns = [
    path("", require_safe(views.bodies), name="bodies"),
    path("organisations/", require_safe(views.organisations), name="organisations"),
    path("areas/<str:code>/", require_safe(views.areas), name="areas"),
    path("areas/<str:code>/rename/", require_POST(views.rename), name="rename_area"),
    path("<int:pk>/", require_http_methods(["GET", "HEAD", "POST"])(views.body), name="body"),
]

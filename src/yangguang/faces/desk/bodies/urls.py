"""Addresses of service bodies and areas."""

from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yangguang.faces.desk.bodies import views

urlpatterns = [
    path("", require_GET(views.bodies), name="bodies"),
    path("organisations/", require_GET(views.organisations), name="organisations"),
    path("areas/<str:code>/", require_GET(views.areas), name="areas"),
    path("areas/<str:code>/rename/", require_POST(views.rename), name="rename_area"),
    path("<int:pk>/", require_http_methods(["GET", "POST"])(views.body), name="body"),
]

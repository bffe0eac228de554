"""Addresses of rosters."""

from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yangguang.faces.desk.roster import views

urlpatterns = [
    path("", require_http_methods(["GET", "HEAD", "POST"])(views.roster), name="roster"),
    path("template/", require_safe(views.empty), name="roster_template"),
    path("<str:area_code>/<str:key>/", require_safe(views.check), name="roster_check"),
    path("<str:area_code>/<str:key>/take/", require_POST(views.commit), name="roster_take"),
    path(
        "<str:area_code>/<str:key>/returned/", require_safe(views.returned), name="roster_returned"
    ),
]

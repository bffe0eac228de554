"""Addresses of rosters."""

from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yangguang.faces.desk.roster import views

urlpatterns = [
    path("", require_http_methods(["GET", "POST"])(views.roster), name="roster"),
    path("template/", require_GET(views.empty), name="roster_template"),
    path("<str:area_code>/<str:key>/", require_GET(views.check), name="roster_check"),
    path("<str:area_code>/<str:key>/take/", require_POST(views.commit), name="roster_take"),
    path(
        "<str:area_code>/<str:key>/returned/", require_GET(views.returned), name="roster_returned"
    ),
]

"""Addresses of the policy library."""

from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from yangguang.faces.desk.policies import views

_VERSION = "<str:kind>/<str:key>/<str:area>/<str:day>/"

urlpatterns = [
    path("", require_safe(views.policies), name="policies"),
    path("calendar/new/", require_http_methods(["GET", "HEAD", "POST"])(views.new_calendar),
         name="new_calendar"),
    path(_VERSION, require_safe(views.policy), name="policy"),
    path(f"{_VERSION}file/", require_safe(views.policy_file), name="policy_file"),
]  # fmt: skip

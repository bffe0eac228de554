"""Addresses of export requests."""

from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yangguang.faces.desk.exports import views

urlpatterns = [
    path("", require_safe(views.exports), name="exports"),
    path(
        "ask/<str:kind>/<int:key>/",
        require_http_methods(["GET", "HEAD", "POST"])(views.ask),
        name="ask_export",
    ),
    path("<int:pk>/<str:verb>/", require_POST(views.decide), name="decide_export"),
]

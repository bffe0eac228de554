"""Addresses of odd looks."""

from django.urls import path
from django.views.decorators.http import require_safe

from yangguang.faces.desk.watching import views

urlpatterns = [
    path("", require_safe(views.odd_looks), name="odd_looks"),
    path("<int:reader>/", require_safe(views.reader_looks), name="reader_looks"),
]

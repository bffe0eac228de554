"""Addresses of odd looks."""

from django.urls import path
from django.views.decorators.http import require_GET

from yangguang.faces.desk.watching import views

urlpatterns = [
    path("", require_GET(views.odd_looks), name="odd_looks"),
    path("<int:reader>/", require_GET(views.reader_looks), name="reader_looks"),
]

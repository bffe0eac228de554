"""Addresses of the reader's choices; included once, at the root."""

from django.urls import path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from yangguang.faces.look.views import set_size

urlpatterns = [
    path("look/language/", require_POST(set_language), name="set_language"),
    path("look/size/", set_size, name="set_size"),
]

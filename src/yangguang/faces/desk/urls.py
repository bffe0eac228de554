"""Addresses of the staff screens."""

from django.urls import path
from django.urls.resolvers import URLPattern

app_name = "desk"

urlpatterns: list[URLPattern] = [path("", lambda request: None, name="home")]  # type: ignore[arg-type, return-value]

"""Addresses of the e-file: search, one household, its photos."""

from django.urls import path, register_converter

from yangguang.faces.desk.efile import views
from yangguang.faces.desk.efile.sizes import SizeConverter

register_converter(SizeConverter, "picture_size")

urlpatterns = [
    path("households/", views.search_results, name="households"),
    path("search/", views.search_results, name="search"),
    path("households/<int:pk>/", views.household, name="household"),
    path("photos/<int:pk>/<picture_size:size>/", views.photo, name="photo"),
]

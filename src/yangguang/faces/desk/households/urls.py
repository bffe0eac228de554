"""Addresses of households: finding, the e-file, its photos, registering and correcting."""

from django.urls import path

from yangguang.faces.desk.households import views

urlpatterns = [
    path("search/", views.find, name="search"),
    path("photos/<int:photo_id>/<str:size>/", views.photo, name="photo"),
    path("households/", views.households, name="households"),
    path("households/register/", views.register, name="register"),
    path("households/<int:household_id>/", views.household, name="household"),
    path("households/<int:household_id>/past-year/", views.past_year, name="past_year"),
    path("households/<int:household_id>/what-if/", views.what_if, name="what_if"),
    path("households/<int:household_id>/looks/", views.looks, name="looks"),
    path("households/<int:household_id>/reveal/<str:secret>/", views.reveal, name="reveal"),
    path(
        "households/<int:household_id>/members/<int:person_id>/reveal/<str:secret>/",
        views.reveal,
        name="reveal_member",
    ),
    path("households/<int:household_id>/change/<str:what>/", views.change, name="change"),
    path(
        "households/<int:household_id>/members/<int:person_id>/<str:what>/",
        views.change,
        name="change_member",
    ),
]

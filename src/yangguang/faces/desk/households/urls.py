"""Addresses of households: finding, the e-file, its photos, registering and correcting."""

from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from yangguang.faces.desk.households import views

_form = require_http_methods(["GET", "HEAD", "POST"])

urlpatterns = [
    path("search/", _form(views.find), name="search"),
    path("photos/<int:photo_id>/<str:size>/", require_safe(views.photo), name="photo"),
    path("households/", require_safe(views.households), name="households"),
    path("households/register/", _form(views.register), name="register"),
    path("households/<int:household_id>/", require_safe(views.household), name="household"),
    path(
        "households/<int:household_id>/past-year/", require_safe(views.past_year), name="past_year"
    ),
    path("households/<int:household_id>/what-if/", require_safe(views.what_if), name="what_if"),
    path("households/<int:household_id>/looks/", require_safe(views.looks), name="looks"),
    path("households/<int:household_id>/reveal/<str:secret>/", _form(views.reveal), name="reveal"),
    path(
        "households/<int:household_id>/members/<int:person_id>/reveal/<str:secret>/",
        _form(views.reveal),
        name="reveal_member",
    ),
    path("households/<int:household_id>/change/<str:what>/", _form(views.change), name="change"),
    path(
        "households/<int:household_id>/members/<int:person_id>/<str:what>/",
        _form(views.change),
        name="change_member",
    ),
]

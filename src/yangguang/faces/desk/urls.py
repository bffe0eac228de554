"""Addresses of the staff screens: one line a stage."""

from django.urls import include, path

app_name = "desk"

urlpatterns = [
    path("", include("yangguang.faces.desk.home.urls")),
    path("", include("yangguang.faces.desk.accounts.urls")),
    path("ranking/", include("yangguang.faces.desk.ranking.urls")),
    path("", include("yangguang.faces.desk.households.urls")),
    path("plans/", include("yangguang.faces.desk.plans.urls")),
    path("batches/", include("yangguang.faces.desk.batches.urls")),
    path("exports/", include("yangguang.faces.desk.exports.urls")),
    path("roster/", include("yangguang.faces.desk.roster.urls")),
    path("policies/", include("yangguang.faces.desk.policies.urls")),
    path("staff/", include("yangguang.faces.desk.staff.urls")),
    path("looks/", include("yangguang.faces.desk.watching.urls")),
    path("bodies/", include("yangguang.faces.desk.bodies.urls")),
]

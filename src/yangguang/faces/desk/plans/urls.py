"""Addresses of plans."""

from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yangguang.faces.desk.plans import views

urlpatterns = [
    path("", require_safe(views.plans), name="plans"),
    path("new/", require_http_methods(["GET", "HEAD", "POST"])(views.new_plan), name="new_plan"),
    path("try/", require_safe(views.try_plan), name="try_plan"),
    path("<int:pk>/", require_safe(views.plan), name="plan"),
    path("<int:pk>/lines/", require_safe(views.plan_lines), name="plan_lines"),
    path("<int:pk>/overlaps/", require_safe(views.plan_overlaps), name="plan_overlaps"),
    path("<int:pk>/export/", require_POST(views.export), name="export_plan"),
    path("<int:pk>/budget/", require_POST(views.budget), name="plan_budget"),
    path("<int:pk>/change/<str:verb>/", require_POST(views.change), name="change_plan"),
    path("<int:pk>/move/<str:verb>/", require_POST(views.move), name="move_plan"),
    path("<int:pk>/decide/<str:verb>/", require_POST(views.decide), name="decide_plan"),
]

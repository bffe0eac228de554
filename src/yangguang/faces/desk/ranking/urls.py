"""Address of the ranking."""

from django.urls import path
from django.views.decorators.http import require_safe

from yangguang.faces.desk.ranking import views

urlpatterns = [path("", require_safe(views.ranking), name="ranking")]

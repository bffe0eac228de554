"""Address of the ranking."""

from django.urls import path

from yangguang.faces.desk.ranking import views

urlpatterns = [path("", views.ranking, name="ranking")]

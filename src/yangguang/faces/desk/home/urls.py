"""Address of the first page."""

from django.urls import path

from yangguang.faces.desk.home import views

urlpatterns = [path("", views.home, name="home")]

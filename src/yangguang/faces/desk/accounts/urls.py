"""Addresses of logging in and out."""

from django.urls import path

from yangguang.faces.desk.accounts import views

urlpatterns = [
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
]

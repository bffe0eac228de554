"""Addresses of logging in and out, of the first log-in and of one's own account."""

from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yangguang.faces.desk.accounts import first, own, views

_form = require_http_methods(["GET", "HEAD", "POST"])

urlpatterns = [
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("login/first/", first.first, name="first"),
    path("login/enrol/", first.enrol, name="enrol"),
    path("pledge/", _form(first.pledge), name="pledge"),
    path("account/", require_safe(own.account), name="account"),
    path("account/password/", _form(own.password), name="own_password"),
    path("account/end/", require_POST(own.end_own_sessions), name="end_own_sessions"),
    path("account/posts/<int:pk>/", require_POST(own.choose_post), name="choose_post"),
    path("confirm/", _form(own.confirm), name="confirm"),
]

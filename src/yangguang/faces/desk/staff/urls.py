"""Addresses of people and posts."""

from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yangguang.faces.desk.staff import views

_form = require_http_methods(["GET", "HEAD", "POST"])

urlpatterns = [
    path("", require_safe(views.staff), name="staff"),
    path("<int:pk>/", require_safe(views.person), name="person"),
    path("<int:pk>/invite/", require_POST(views.invite), name="invite"),
    path("propose/<str:code>/", _form(views.propose), name="propose_post"),
    path("posts/<int:pk>/delegate/", _form(views.delegate), name="delegate_post"),
    path("posts/<int:pk>/end/", _form(views.end), name="end_post"),
    path("appointments/<int:pk>/<str:verb>/", require_POST(views.decide), name="decide_post"),
]

"""All addresses."""

from django.urls import include, path

urlpatterns = [
    path("", include("yangguang.faces.look.urls")),
    path("", include("yangguang.faces.desk.urls")),
]

handler404 = "yangguang.faces.desk.trouble.not_found"
handler500 = "yangguang.faces.desk.trouble.failed"

"""Addresses of batches."""

from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from yangguang.faces.desk.batches import views

urlpatterns = [
    path("", require_safe(views.batches), name="batches"),
    path("prepare/<int:plan>/", require_POST(views.prepare), name="prepare_batch"),
    path("<int:pk>/", require_safe(views.batch), name="batch"),
    path("<int:pk>/export/", require_POST(views.export), name="export_batch"),
    path("<int:pk>/void/", require_POST(views.void), name="void_batch"),
    path("<int:pk>/send/", require_POST(views.send), name="send_batch"),
    path("<int:pk>/file/", require_POST(views.bank_file), name="bank_file"),
    path("<int:pk>/results/", require_POST(views.results), name="batch_results"),
    path("<int:pk>/reconcile/", require_POST(views.reconcile), name="reconcile_batch"),
]

"""Requests as htmx and people send them, and templates without collected files."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails
from pytest_django import Settings

type Ask = Callable[..., HttpRequest]


@pytest.fixture(autouse=True)
def plain_files(settings: Settings) -> None:
    """Name static files as they lie in the source tree."""
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}


@pytest.fixture
def ask(rf: RequestFactory) -> Ask:
    """Make a GET with these headers, past the htmx middleware."""

    def make(headers: dict[str, str] | None = None) -> HttpRequest:
        request = rf.get("/rank/?area=370112000000", headers=headers)
        request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
        return request

    return make

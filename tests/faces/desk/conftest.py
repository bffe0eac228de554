"""People with posts, and templates without collected files."""

from datetime import date, datetime
from typing import Protocol

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.factories.registry import HouseholdFactory
from yangguang.aid.index.actions import catch_up
from yangguang.faces.desk.sessions import BACKEND, FACTOR, PLEDGE, SEEN, STARTED
from yangguang.families.registry.models import Household
from yangguang.foundation.accounts.actions import appoint
from yangguang.foundation.accounts.models import OpenSession, Staff
from yangguang.foundation.accounts.rules import pledge
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.walls.context import acting, system


class LogIn(Protocol):
    """Gives a client that is logged in with a role in an area; `who` tells two such apart."""

    def __call__(self, role: str, code: str, who: str = "") -> Client: ...


def enter_desk(client: Client, staff: Staff, at: datetime) -> None:
    """Log a person in who has signed the pledge and given both factors at a moment."""
    client.force_login(staff, backend=BACKEND)
    session = client.session
    session.update(dict.fromkeys((STARTED, SEEN, FACTOR), at.timestamp()))
    session[PLEDGE] = pledge.digest().hex()
    session.save()
    OpenSession.objects.create(
        staff=staff, session_key=session.session_key, started_at=at, device="Chrome Windows"
    )


@pytest.fixture(autouse=True)
def plain_files(settings: Settings) -> None:
    """Name static files as they lie in the source tree."""
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}


@pytest.fixture(autouse=True)
def quick_hashes(settings: Settings) -> None:
    """Hash passwords of tests quickly."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def families(db: None) -> list[Household]:
    """Register a widow with a student and an elder alone, and score them."""
    now = timezone.now()
    with acting(system("3701")):
        made = [
            HouseholdFactory(widow_with_student=True, at=now),
            HouseholdFactory(elder_alone=True, at=now, address="幸福路14号"),
        ]
        catch_up(on=timezone.localdate(now), at=now)
    return made


@pytest.fixture
def log_in(db: None) -> LogIn:
    """Give a client that is logged in with a role in an area."""

    def make(role: str, code: str, who: str = "") -> Client:
        with acting(system("3701")) as by:
            post = appoint(
                f"{role}-{code}{who}", name="周岚", role=role, area=Area.objects.get(code=code),
                from_date=date(2026, 1, 1), by=by, at=timezone.now(),
                # Beside two security administrators only made people get a post by nobody's grant.
                is_demo=role != "security_administrator",
            )  # fmt: skip
        client = Client()
        enter_desk(client, post.staff, timezone.now())
        return client

    return make

"""Staff, their posts, how posts are given, by what people are known, the sessions that stand."""

from yangguang.foundation.accounts.models.appointments import Appointment
from yangguang.foundation.accounts.models.credentials import (
    Authenticator,
    FailedTry,
    Invitation,
    KnownDevice,
    Pledge,
)
from yangguang.foundation.accounts.models.sessions import OpenSession
from yangguang.foundation.accounts.models.staff import Post, PostQuerySet, Staff

__all__ = [
    "Appointment",
    "Authenticator",
    "FailedTry",
    "Invitation",
    "KnownDevice",
    "OpenSession",
    "Pledge",
    "Post",
    "PostQuerySet",
    "Staff",
]

"""Staff, the posts they hold, how posts are given, and the sessions that stand."""

from yangguang.foundation.accounts.models.appointments import Appointment
from yangguang.foundation.accounts.models.sessions import OpenSession
from yangguang.foundation.accounts.models.staff import Post, PostQuerySet, Staff

__all__ = ["Appointment", "OpenSession", "Post", "PostQuerySet", "Staff"]

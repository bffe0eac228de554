"""The trail of a test database: its first head, and a trail of one's own to tamper with."""

from datetime import datetime

from django.utils import timezone

from yangguang.foundation.audit.actions import sign_head
from yangguang.foundation.walls.context import system


def anchor(at: datetime) -> None:
    """Sign a head that is fresh at `at` and on the day of the run, which real requests live on."""
    moment = max(at, timezone.now())
    sign_head(on=timezone.localdate(moment), at=moment, by=system(""))

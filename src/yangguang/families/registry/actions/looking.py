"""Noting that somebody has opened a file."""

from datetime import datetime
from typing import Final

from django.db import connection
from django.utils import timezone

from yangguang.families.registry.rules.looking import SAME_LOOK_SECONDS, is_night
from yangguang.foundation.walls.context import Actor

_NOTE: Final = f"""
INSERT INTO registry_look (household_id, area_code, reader_id, reader_name, reader_role, on_date,
  count, night_count, first_at, last_at)
VALUES (%(household)s, %(area)s, %(id)s, %(name)s, %(role)s, %(on)s, 1, %(night)s, %(at)s, %(at)s)
ON CONFLICT (household_id, on_date, reader_id, reader_role) DO UPDATE
SET count = registry_look.count + 1, last_at = excluded.last_at,
  night_count = registry_look.night_count + excluded.night_count
WHERE excluded.last_at >= registry_look.last_at + interval '{SAME_LOOK_SECONDS} seconds'
"""


def note_look(household_id: int, *, area_code: str, by: Actor, at: datetime) -> None:
    """Count a look at a family's file; all that is asked for within a minute is one look.

    One statement and no record in the trail, where every page that is read would stand in the way
    of what is decided: the row is itself what is kept. The household is one the actor sees.
    """
    local = timezone.localtime(at)
    with connection.cursor() as cursor:
        cursor.execute(
            _NOTE,
            {
                "household": household_id,
                "area": area_code,
                "id": by.id,
                "name": by.name,
                "role": by.role,
                "on": local.date(),
                "night": int(is_night(local)),
                "at": at,
            },
        )

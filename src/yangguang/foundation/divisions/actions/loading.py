"""Loading the areas and organisations that come with the system, and any other city's list."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Final

from django.db import transaction

from yangguang.foundation.divisions.models import Area
from yangguang.foundation.divisions.rules.area_files import AreaRow, read_areas

POLICIES: Final = Path(__file__).parents[3] / "policies"
SHIPPED_AREAS: Final = POLICIES / "areas" / "jinan-2023.csv"
# The day that the shipped list describes; what was before it, the list does not say.
SHIPPED_ON: Final = date(2023, 6, 30)


@transaction.atomic
def load_shipped_areas(*, at: datetime) -> int:
    """Load the shipped divisions where there are none yet, and give how many areas were added.

    Source: policies/areas/jinan-2023.md. Areas are in force from 2023-06-30 on. `at` is the moment
    of loading; a table that already holds areas is left alone, for it has a history of its own.
    """
    if Area.objects.exists():
        return 0
    rows = read_areas(SHIPPED_AREAS.read_bytes(), SHIPPED_AREAS.name)
    return add_areas(rows, valid_from=SHIPPED_ON)


def add_areas(rows: Iterable[AreaRow], *, valid_from: date) -> int:
    """Insert areas in one statement; parents may stand in the same rows."""
    areas = [
        Area(
            code=row.code,
            name=row.name,
            level=row.level,
            parent_id=row.parent,
            valid_from=valid_from,
        )
        for row in rows
    ]
    # Two commands may start at once: the second waits for the first and then adds nothing.
    Area.objects.bulk_create(areas, ignore_conflicts=True)
    return len(areas)

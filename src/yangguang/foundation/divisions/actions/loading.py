"""Loading the areas and organisations that come with the system, and any other city's list."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Final

from django.db import transaction

from yangguang.foundation.audit.actions import record
from yangguang.foundation.divisions.models import Area, Organisation
from yangguang.foundation.divisions.rules.area_files import AreaRow, check_against, read_areas
from yangguang.foundation.divisions.rules.organisations import read_organisations
from yangguang.foundation.divisions.types import ImportedAreas, Level
from yangguang.foundation.walls.context import Actor

POLICIES: Final = Path(__file__).parents[3] / "policies"
SHIPPED_AREAS: Final = POLICIES / "areas" / "jinan-2023.csv"
SHIPPED_ORGANISATIONS: Final = POLICIES / "organisations" / "jinan-2011.yaml"
JINAN: Final = "370100000000"
# The day that the shipped list describes; what was before it, the list does not say.
SHIPPED_ON: Final = date(2023, 6, 30)


@transaction.atomic
def load_shipped_areas(*, at: datetime) -> int:
    """Load the shipped divisions where there are none yet, and give how many areas were added.

    Source: policies/areas/jinan-2023.md. Areas are in force from 2023-06-30 on. A table that holds
    areas is left alone, for it has a history of its own. The organisations of the city come along.
    """
    added = 0
    if not Area.objects.exists():
        rows = read_areas(SHIPPED_AREAS.read_bytes(), SHIPPED_AREAS.name)
        added = add_areas(rows, valid_from=SHIPPED_ON)
    load_shipped_organisations(at=at)
    return added


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


@transaction.atomic
def load_shipped_organisations(*, at: datetime) -> int:
    """Load the shipped organisations (示例) where there are none yet, and give how many.

    The leading group, its office and 30 units, the 18 departments that give aid, and the leading
    groups of 10 counties and the high-tech zone; a head is named by office, never by a name.
    Raises PolicyFileError.
    """
    if Organisation.objects.exists() or not Area.objects.filter(code=JINAN).exists():
        return 0
    given = read_organisations(SHIPPED_ORGANISATIONS.read_text("utf-8"), SHIPPED_ORGANISATIONS.name)
    keys: dict[str, int] = {}
    for facts in given:
        row = Organisation.objects.create(
            code=facts.code,
            name=facts.name,
            kind=facts.kind,
            area_id=facts.area,
            parent_id=keys[facts.parent] if facts.parent else None,
            responsible=facts.responsible,
            phone=facts.phone,
        )
        keys[facts.code] = row.pk
    return len(keys)


@transaction.atomic
def import_areas(data: bytes, *, source: str, on: date, by: Actor, at: datetime) -> ImportedAreas:
    """Add another city's areas from a CSV (code, name, level, parent; UTF-8 or GBK), in force on.

    The same rows again change nothing; a row that contradicts an area already there is a fault.
    All or nothing. Raises AreaFileError with every fault by line.
    """
    living = Area.objects.filter(valid_until=None).values_list("code", "level")
    rows = read_areas(data, source, {code: Level(level) for code, level in living})
    there = Area.objects.filter(code__in=[row.code for row in rows])
    held = {area.code: area.view for area in there}
    check_against(rows, held, source)
    fresh = [row for row in rows if row.code not in held]
    add_areas(fresh, valid_from=on)
    if fresh:
        record(
            "divisions.import_areas",
            kind="area",
            key=fresh[0].code,
            area_code=by.scope.ljust(12, "0"),
            by=by,
            at=at,
            reason=source,
            content={"codes": [row.code for row in fresh], "on": on},
        )
    return ImportedAreas(added=len(fresh), unchanged=len(rows) - len(fresh))

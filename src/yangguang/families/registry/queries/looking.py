"""Who has looked at a family's file: its own access list (谁看过)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import FETCH_RAISE

from yangguang.families.registry.models import Look, Reveal

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class LookLine:
    """A reader on a day: how often, of that by night, from when until when."""

    reader_name: str
    reader_role: str
    on: date
    count: int
    night_count: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealLine:
    """A masked value that was shown: whose, to whom, for which work."""

    at: datetime
    secret: str
    whose: str
    reader_name: str
    reader_role: str
    purpose: str
    words: str


def looks_at(household_id: int) -> list[LookLine]:
    """List who opened a file on which day, the latest first, at most 200. One query."""
    rows = Look.objects.filter(household_id=household_id).order_by("-last_at", "-id")[:MOST]
    return [
        LookLine(reader_name=row.reader_name, reader_role=row.reader_role, on=row.on_date,
                 count=row.count, night_count=row.night_count, first_at=row.first_at,
                 last_at=row.last_at)
        for row in rows.fetch_mode(FETCH_RAISE)
    ]  # fmt: skip


def reveals_of(household_id: int) -> list[RevealLine]:
    """List which masked values were shown to whom, the latest first, at most 200. One query."""
    rows = Reveal.objects.filter(household_id=household_id).select_related("person")
    return [
        RevealLine(at=row.at, secret=row.secret, whose=row.person.name if row.person else "",
                   reader_name=row.reader_name, reader_role=row.reader_role, purpose=row.purpose,
                   words=row.words)
        for row in rows.order_by("-at", "-id")[:MOST].fetch_mode(FETCH_RAISE)
    ]  # fmt: skip

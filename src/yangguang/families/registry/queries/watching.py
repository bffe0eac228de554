"""What of a week's looks asks for an explanation, and the rows behind it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F
from django.db.models.functions import TruncDate
from django.utils import timezone

from yangguang.families.registry.models import Household, Look, Reveal
from yangguang.families.registry.rules.watching import Looked, Odd, Reader, Shown, odd_looks
from yangguang.foundation.audit.models import Record
from yangguang.foundation.kernel.masks import surname_of

MOST = 500
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderLook:
    """A row behind a finding: a reader's looks at a family on a day, without anybody's name."""

    reader_name: str
    reader_role: str
    household_id: int
    household_number: str
    on: date
    count: int
    night_count: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderReveal:
    """A masked value that was shown to a reader, without anybody's name."""

    at: datetime
    household_id: int
    household_number: str
    secret: str
    purpose: str
    words: str


def week_s_oddities(first: date) -> list[Odd]:
    """Give what asks for an explanation of the seven days from a day, within the scope.

    Three queries; all of a week's rows are read.
    """
    looks = _looks(first)
    repeated = _repeated(looks)
    return odd_looks(looks, _shown(first), acted=_acted(repeated, first) if repeated else ())


def numbers_of(households: list[int]) -> dict[int, str]:
    """Give the numbers of households. One query."""
    return dict(Household.objects.filter(pk__in=households).values_list("pk", "number"))


def looks_by(reader_id: int, first: date) -> list[ReaderLook]:
    """List a reader's looks of the seven days from a day, the latest first, at most 500."""
    rows = (
        Look.objects.filter(reader_id=reader_id, on_date__gte=first, on_date__lt=first + WEEK)
        .order_by("-last_at", "-id")
        .values(
            "reader_name", "reader_role", "household_id", "count", "night_count", "first_at",
            "last_at", household_number=F("household__number"), on=F("on_date"),
        )[:MOST]
    )  # fmt: skip
    return [ReaderLook(**row) for row in rows]


def reveals_by(reader_id: int, first: date) -> list[ReaderReveal]:
    """List what was shown to a reader in the seven days from a day, the latest first."""
    start, end = _span(first)
    rows = Reveal.objects.filter(reader_id=reader_id, at__gte=start, at__lt=end)
    found = rows.order_by("-at", "-id").values(
        "at", "household_id", "secret", "purpose", "words", household_number=F("household__number")
    )
    return [ReaderReveal(**row) for row in found[:MOST]]


def _looks(first: date) -> list[Looked]:
    rows = Look.objects.filter(on_date__gte=first, on_date__lt=first + WEEK).values_list(
        "reader_id", "reader_name", "reader_role", "household_id", "household__head__name",
        "on_date", "night_count",
    )  # fmt: skip
    return [
        Looked(Reader(key, name, role), household, surname_of(head or ""), on, night)
        for key, name, role, household, head, on, night in rows.iterator(5000)
    ]


def _repeated(looks: list[Looked]) -> set[tuple[int, int]]:
    """Give the pairs of reader and household that were looked at on more than one day."""
    first: dict[tuple[int, int], date] = {}
    return {
        (one.reader.id, one.household_id)
        for one in looks
        if first.setdefault((one.reader.id, one.household_id), one.on) != one.on
    }


def _acted(pairs: set[tuple[int, int]], first: date) -> set[tuple[int, int]]:
    done = (
        Record.objects.filter(
            object_kind="household",
            object_key__in=[str(household) for _, household in pairs],
            actor_id__in=[reader for reader, _ in pairs],
            at__gte=_span(first)[0],
        )
        .exclude(verb="registry.reveal")
        .values_list("actor_id", "object_key")
        .distinct()
    )
    return {(actor, int(household)) for actor, household in done}


def _shown(first: date) -> list[Shown]:
    start, end = _span(first)
    rows = (
        Reveal.objects.filter(at__gte=start, at__lt=end)
        .values_list("reader_id", "reader_name", "reader_role", TruncDate("at"))
        .annotate(n=Count("id"))
    )
    return [Shown(Reader(key, name, role), on, n) for key, name, role, on, n in rows]


def _span(first: date) -> tuple[datetime, datetime]:
    start = timezone.make_aware(datetime.combine(first, datetime.min.time()))
    return start, start + WEEK

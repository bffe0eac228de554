"""What a family was given, by whom, when: one list a household (一户一清单)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q

from yangguang.aid.ledger.models import Entry, Payment
from yangguang.aid.ledger.rules import months_before
from yangguang.aid.ledger.types import Origin
from yangguang.foundation.catalogue.types import AidKind, AidType


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment: day, fen, voucher."""

    paid_date: date
    amount_fen: int
    reference: str


@dataclass(frozen=True, slots=True)
class AidItem:
    """One aid of a family with its payments, newest first; amounts in fen."""

    entry_id: int
    item_code: str
    type_label: str
    kind_label: str
    origin_label: str
    payer: str
    is_counted: bool
    is_continuing: bool
    is_failed: bool
    monthly_fen: int
    promised_fen: int
    started_date: date
    stopped_date: date | None
    year_fen: int
    payments: tuple[Paid, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The whole list of a family; the sums leave void aid out and cover the last 12 months, fen."""

    items: tuple[AidItem, ...]
    year_fen: int
    promised_fen: int
    year_by_payer: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """The same item from two payers at the same time."""

    household_id: int
    item_code: str
    payers: tuple[str, ...]


def aid_history(household_id: int, *, on: date) -> History:
    """Give everything one family was promised and given as of a day, newest first. Two queries."""
    entries = list(Entry.objects.filter(household_id=household_id).order_by("-started_date", "-id"))
    paid: dict[int, list[Paid]] = {entry.pk: [] for entry in entries}
    payments = Payment.objects.filter(entry__in=paid, paid_date__lte=on)
    for payment in payments.order_by("-paid_date", "-id"):
        paid[payment.entry_id].append(
            Paid(payment.paid_date, payment.amount_fen, payment.reference)
        )
    since = months_before(on, 12)
    items = tuple(_item(entry, tuple(paid[entry.pk]), since) for entry in entries)
    return _history(items)


def _item(entry: Entry, payments: tuple[Paid, ...], since: date) -> AidItem:
    return AidItem(
        entry_id=entry.pk,
        item_code=entry.item_code,
        type_label=AidType(entry.type).label,
        kind_label=AidKind(entry.kind).label,
        origin_label=Origin(entry.origin).label,
        payer=entry.payer,
        is_counted=entry.is_counted,
        is_continuing=entry.is_continuing,
        is_failed=entry.is_failed,
        monthly_fen=entry.monthly_fen,
        promised_fen=entry.promised_fen,
        started_date=entry.started_date,
        stopped_date=entry.stopped_date,
        year_fen=sum(p.amount_fen for p in payments if p.paid_date > since),
        payments=payments,
    )


def _history(items: tuple[AidItem, ...]) -> History:
    valid = [item for item in items if not item.is_failed]
    by_payer: dict[str, int] = {}
    for item in valid:
        by_payer[item.payer] = by_payer.get(item.payer, 0) + item.year_fen
    return History(
        items=items,
        year_fen=sum(item.year_fen for item in valid),
        promised_fen=sum(item.promised_fen for item in valid),
        year_by_payer=tuple(sorted(by_payer.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def households_given(item_code: str, *, scope: str, since: date) -> frozenset[int]:
    """Give the households of an area prefix that have had an item after a day, or are promised it.

    Void aid counts nothing; continuing aid in force counts as given. One query.
    """
    entries = Entry.objects.filter(
        item_code=item_code, is_failed=False, area_code__gte=scope, area_code__lt=scope + ":"
    ).filter(
        Q(promised_fen__gt=0)
        | Q(payments__paid_date__gt=since)
        | Q(is_continuing=True, stopped_date=None)
    )
    return frozenset(entries.values_list("household_id", flat=True))


_OVERLAPS = """
SELECT e.household_id, e.item_code, array_agg(DISTINCT e.payer ORDER BY e.payer)
FROM ledger_entry e
WHERE NOT e.is_failed AND e.area_code >= %s AND e.area_code < %s
  AND (e.promised_fen > 0 OR (e.is_continuing AND e.stopped_date IS NULL) OR EXISTS (
    SELECT 1 FROM ledger_payment p
    WHERE p.entry_id = e.id AND p.paid_date > %s AND p.paid_date <= %s))
GROUP BY e.household_id, e.item_code HAVING count(DISTINCT e.payer) > 1
ORDER BY e.household_id, e.item_code LIMIT %s
"""


def overlaps(scope: str, *, on: date, limit: int = 100) -> list[Overlap]:
    """List families that have the same item from two payers within 12 months. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_OVERLAPS, [scope, scope + ":", months_before(on, 12), on, limit])
        return [Overlap(row[0], row[1], tuple(row[2])) for row in cursor.fetchall()]


def aid_from_others(
    household_ids: Collection[int], *, type: str, payer: str, on: date
) -> dict[int, tuple[tuple[str, int], ...]]:
    """Give, by household, what other payers gave or promised for a type of hardship in 12 months.

    Pairs of (payer, fen), the largest first; families with nothing are left out. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT e.household_id, e.payer, sum(e.promised_fen + coalesce(p.fen, 0)) AS fen
            FROM ledger_entry e LEFT JOIN LATERAL (
              SELECT sum(amount_fen) AS fen FROM ledger_payment
              WHERE entry_id = e.id AND paid_date > %s AND paid_date <= %s) p ON true
            WHERE e.household_id = ANY(%s) AND e.type = %s AND e.payer <> %s AND NOT e.is_failed
            GROUP BY e.household_id, e.payer HAVING sum(e.promised_fen + coalesce(p.fen, 0)) > 0
            ORDER BY e.household_id, fen DESC, e.payer
            """,
            [months_before(on, 12), on, list(household_ids), type, payer],
        )
        found: dict[int, list[tuple[str, int]]] = {}
        for household_id, other, fen in cursor.fetchall():
            found.setdefault(household_id, []).append((other, int(fen)))
    return {household_id: tuple(pairs) for household_id, pairs in found.items()}

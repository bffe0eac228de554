"""Puts households of the generators into the register's tables, and ranks them by hand."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

import msgspec
from django.db import transaction

from tests.aid.index.households import ON
from yangguang.aid.index.models import Score
from yangguang.aid.index.types import Aid, Entry, Household, Member, Spend
from yangguang.aid.ledger.models import Entry as LedgerEntry
from yangguang.aid.ledger.models import Payment
from yangguang.families.registry import models as registry
from yangguang.families.registry.types import RegisterType, Relation
from yangguang.foundation.walls.context import Actor

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
CITY = Actor(id=9011, name="市级管理员", role="city_officer", scope="3701")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_numbers = count(1)
_STAMP = {"source": "made", "as_of_date": date(2026, 6, 1)}


@contextmanager
def undone() -> Iterator[None]:
    """Undo at the end what the block writes: one example of many in one test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def storable(entry: Entry) -> Entry:
    """Give the entry as the register can hold it: whole fen, tenths of a square metre, no amount 0.

    What is promised of continuing aid in force follows from months and is none here.
    """
    facts = entry.household
    area = round(facts.floor_area, 1) if facts.floor_area else None
    aid = [(one, who) for one, who in zip(facts.aid, entry.payers, strict=True)]
    changed = msgspec.structs.replace(
        facts,
        number=f"T{next(_numbers):06}",
        income=_whole(facts.income),
        spend=Spend(*(_whole(part) for part in msgspec.structs.astuple(facts.spend))),
        floor_area=area or None,
        shocks=tuple(
            msgspec.structs.replace(shock, loss=_whole(shock.loss)) for shock in facts.shocks
        ),
        aid=tuple(_storable_aid(one) for one, _ in aid),
    )
    category = facts.category or entry.category
    return msgspec.structs.replace(entry, household=changed, category=category)


def _whole(yuan: float) -> float:
    return round(yuan * 100) / 100


def _storable_aid(aid: Aid) -> Aid:
    runs = aid.continuing and (aid.stopped is None or aid.stopped >= ON)
    paid = tuple((day, _whole(yuan)) for day, yuan in aid.payments if _whole(yuan) > 0)
    return msgspec.structs.replace(
        aid, promised=0.0 if runs else _whole(aid.promised), payments=paid
    )


def store(entry: Entry, village: str) -> registry.Household:
    """Register a storable household in a village, with its aid."""
    facts = entry.household
    household = registry.Household.objects.create(
        number=facts.number,
        area_id=village,
        register_type=RegisterType.URBAN,
        registered_at=_EPOCH + timedelta(microseconds=entry.accepted),
        closed_date=ON,
    )
    people = [_member(household, place, one) for place, one in enumerate(facts.members)]
    household.head, household.closed_date = people[0], None
    household.save(update_fields=["head", "closed_date"])
    own = {"household": household, "area_code": village, **_STAMP}
    _home(facts, own)
    _money(facts, own)
    for shock in facts.shocks:
        registry.Shock.objects.create(
            **own,
            kind=shock.kind,
            on_date=shock.date,
            loss_fen=_fen(shock.loss),
            main_worker_died=shock.main_worker_died,
        )
    if entry.category:
        registry.Recognition.objects.create(
            household=household,
            area_code=village,
            category=entry.category,
            started_date=date(2025, 1, 1),
        )
    for aid, (payer, free) in zip(facts.aid, entry.payers, strict=True):
        _give(household, aid, payer, free)
    return household


def _fen(yuan: float) -> int:
    return round(yuan * 100)


def _member(household: registry.Household, place: int, one: Member) -> registry.Person:
    key = next(_numbers)
    person = registry.Person.objects.create(
        area_code=household.area_id,
        name=f"示例{key}",
        number_kind="temporary",
        number_sealed=b"",
        number_blind=f"index{key}".encode()[:16],
        sex="unknown",
        born_date=one.born,
    )
    registry.Membership.objects.create(
        household=household,
        area_code=household.area_id,
        person=person,
        relation=Relation.OTHER if place else Relation.HEAD,
        started_date=date(2020, 1, 1),
        start_reason="registered",
    )
    registry.PersonFacts.objects.create(
        person=person,
        area_code=household.area_id,
        **_STAMP,
        occupation="flexible",
        **{
            name: getattr(one, name)
            for name in (
                "illness", "disability_kind", "disability_grade", "student", "employed",
                "unable_to_work", "marital", "unsupported_child",
            )
        },
    )  # fmt: skip
    return person


def _home(facts: Household, own: dict[str, object]) -> None:
    area = None if facts.floor_area is None else Decimal(str(facts.floor_area))
    registry.Dwelling.objects.create(
        **own, tenure=facts.tenure, grade=facts.dwelling_grade, floor_area=area
    )
    registry.Circumstances.objects.create(
        **own,
        single_parent=facts.single_parent,
        only_child_lost=facts.only_child_lost,
        property_status=facts.property,
        reviewed_date=date(2026, 11, 1),
    )


def _money(facts: Household, own: dict[str, object]) -> None:
    """Declare two incomes, verify one: what is verified counts instead of what was declared."""
    verified = _fen(facts.income) // 3
    registry.Income.objects.create(**own, kind="wages", declared_fen=999_999, verified_fen=verified)
    registry.Income.objects.create(
        **own, kind="transfers", declared_fen=_fen(facts.income) - verified
    )
    for kind, yuan in msgspec.structs.asdict(facts.spend).items():
        registry.Spending.objects.create(**own, kind=kind, amount_fen=_fen(yuan))


def _give(household: registry.Household, aid: Aid, payer: str, free: bool) -> None:
    entry = LedgerEntry.objects.create(
        household=household,
        area_code=household.area_id,
        item_code="mz-sample",
        type=aid.type,
        kind="cash",
        payer=payer,
        is_discretionary=free,
        is_continuing=aid.continuing,
        promised_fen=_fen(aid.promised),
        started_date=date(2020, 1, 1),
        stopped_date=aid.stopped,
        is_failed=aid.failed,
        origin="made_aid",
        reference=f"index-{next(_numbers)}",
        monthly_fen=0,
    )
    for day, yuan in aid.payments:
        pay(entry, _fen(yuan), day)


def pay(entry: LedgerEntry, fen: int, day: date = ON) -> Payment:
    """Let an amount reach the family."""
    return Payment.objects.create(
        entry=entry,
        area_code=entry.area_code,
        paid_date=day,
        amount_fen=fen,
        reference=f"index-{entry.pk}-{next(_numbers)}",
    )


def open_aid(household: registry.Household, type: str = "living") -> LedgerEntry:
    """Open a one-off aid entry without any payment yet."""
    return LedgerEntry.objects.create(
        household=household,
        area_code=household.area_id,
        item_code="mz-sample",
        type=type,
        kind="cash",
        payer="民政局",
        started_date=date(2020, 1, 1),
        origin="made_aid",
        reference=f"index-{next(_numbers)}",
    )


def ranks_by_sorting(household_id: int) -> tuple[int, int, int, int]:
    """Give the four ranks by sorting all stored scores in sight, the slow and obvious way."""
    rows = sorted(Score.objects.values_list("order_key", "area_code", "household_id"))
    mine = next(area for _, area, key in rows if key == household_id)

    def place(digits: int) -> int:
        inside = [key for _, area, key in rows if area[:digits] == mine[:digits]]
        return inside.index(household_id) + 1

    return place(12), place(9), place(6), place(4)


def counted_by_hand() -> dict[tuple[str, str, int], tuple[int, int]]:
    """Count the stored scores by area and band, flag and bucket, as the counters should stand."""
    found: dict[tuple[str, str, int], tuple[int, int]] = {}
    rows: Sequence[tuple[str, int, int, int, int]] = list(
        Score.objects.values_list("area_code", "band", "flags", "bucket", "members")
    )
    for area, band, flags, bucket, members in rows:
        keys = [(area[:digits], "band", band) for digits in (4, 6, 9, 12)]
        keys += [
            (area[:digits], "flag", bit)
            for digits in (4, 6, 9, 12)
            for bit in (1, 2, 4, 8)
            if flags & bit
        ]
        keys += [(area[:digits], "bucket", bucket) for digits in (4, 6)]
        keys.append((area[:9], "bucket", bucket // 16 * 16))
        for key in keys:
            before = found.get(key, (0, 0))
            found[key] = (before[0] + 1, before[1] + members)
    return found

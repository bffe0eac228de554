"""Writes made families into the e-file and the ledger, a few thousand at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import batched, chain

from psycopg.types.json import Jsonb

from yangguang.aid.ledger.types import Origin
from yangguang.faces.demo.city.types import Given, Home, Soul
from yangguang.families.registry.actions.bulk import copy_rows, reserve_ids
from yangguang.families.registry.actions.rows import COLUMNS
from yangguang.families.registry.types import (
    AssetKind,
    Illness,
    MembershipStart,
    NumberKind,
    Source,
)
from yangguang.foundation.kernel.periods import Month
from yangguang.foundation.walls.sealing import blind, seal

CHUNK = 4000
ENTRY = (
    "id", "household_id", "area_code", "item_code", "type", "kind", "payer", "is_discretionary",
    "is_counted", "is_continuing", "monthly_fen", "promised_fen", "started_date", "stopped_date",
    "is_failed", "origin", "reference",
)  # fmt: skip
PAYMENT = ("entry_id", "area_code", "paid_date", "amount_fen", "reference")
COUNTED = frozenset({"rs-public-post", "yb-insurance"})
"""Items whose aid does not count in the index: wages of public posts and premiums."""

type Row = tuple[object, ...]


@dataclass(slots=True)
class Batch:
    """Homes with the keys that were reserved for them."""

    homes: Sequence[Home]
    keys: list[int]
    people: list[list[int]]
    on: date


def write(homes: Iterable[Home], *, on: date) -> Iterator[int]:
    """Write the homes in the running transaction and context; give how many after each batch."""
    for some in batched(homes, CHUNK, strict=False):
        keys = reserve_ids("registry_household", len(some))
        every = iter(reserve_ids("registry_person", sum(len(home.members) for home in some)))
        people = [[next(every) for _ in home.members] for home in some]
        batch = Batch(some, keys, people, on)
        _registry(batch)
        _ledger(batch)
        yield len(some)


def _registry(batch: Batch) -> None:
    for name, rows in (
        ("household", _households(batch)),
        ("person", _persons(batch)),
        ("membership", _memberships(batch)),
        ("personfacts", _person_facts(batch)),
        ("dwelling", _dwellings(batch)),
        ("circumstances", _circumstances(batch)),
        ("income", _incomes(batch)),
        ("spending", _spendings(batch)),
        ("shock", _shocks(batch)),
        ("asset", _assets(batch)),
        ("supporter", _supporters(batch)),
        ("recognition", _recognitions(batch)),
        ("bankaccount", _accounts(batch)),
    ):
        table = f"registry_{name}"
        copy_rows(table, COLUMNS[table], rows)


def _each(batch: Batch) -> Iterator[tuple[int, Home, list[int]]]:
    return zip(batch.keys, batch.homes, batch.people, strict=True)


def _souls(batch: Batch) -> Iterator[tuple[int, Home, int, Soul]]:
    for key, home, people in _each(batch):
        for person, soul in zip(people, home.members, strict=True):
            yield key, home, person, soul


def _exact(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def _households(batch: Batch) -> Iterator[Row]:
    for key, home, people in _each(batch):
        yield (
            key, home.number, home.place.code, home.register_area, home.register_type, people[0],
            home.address, home.register_address, home.group,
            seal(home.phone, place=f"household.phone.{key}"), _noon(home.registered),
            _noon(home.registered), 1,
        )  # fmt: skip


def _persons(batch: Batch) -> Iterator[Row]:
    for _, home, person, soul in _souls(batch):
        yield (
            person, home.place.code, soul.name, soul.pinyin, soul.initials, NumberKind.RESIDENT,
            seal(soul.number, place=f"person.number.{person}"), blind(soul.number), soul.sex,
            soul.born, soul.ethnic,
        )  # fmt: skip


def _memberships(batch: Batch) -> Iterator[Row]:
    for key, home, person, soul in _souls(batch):
        yield (
            key, home.place.code, person, soul.relation, True, True,
            max(home.registered, soul.born), MembershipStart.REGISTERED, "",
        )  # fmt: skip


def _person_facts(batch: Batch) -> Iterator[Row]:
    for _, home, person, soul in _souls(batch):
        disease = soul.disease if soul.illness is Illness.SEVERE else ""
        yield (
            person, home.place.code, Source.MADE, home.reviewed, soul.illness,
            seal(disease, place=f"personfacts.illness.{person}"), soul.disability_kind,
            soul.disability_grade, soul.card, soul.student, soul.school, soul.occupation,
            soul.employed, soul.employer, soul.monthly_fen, soul.unable, soul.self_care_failed,
            soul.marital, soul.unsupported, "",
        )  # fmt: skip


def _dwellings(batch: Batch) -> Iterator[Row]:
    for key, home, _ in _each(batch):
        yield (
            key, home.place.code, Source.MADE, home.reviewed, home.tenure, home.grade,
            _exact(home.floor_area), home.rooms, "",
        )  # fmt: skip


def _circumstances(batch: Batch) -> Iterator[Row]:
    for key, home, _ in _each(batch):
        yield (
            key, home.place.code, Source.MADE, home.reviewed, home.single_parent,
            home.only_child_lost, home.finding, home.causes, home.cadre_relative,
            home.utilities_fen, home.phone_fen, home.livestock, "", _exact(home.land_mu), "",
            home.reviewed,
        )  # fmt: skip


def _incomes(batch: Batch) -> Iterator[Row]:
    for key, home, _ in _each(batch):
        for kind, fen in home.incomes.items():
            yield (key, home.place.code, Source.MADE, home.reviewed, kind, fen, None)


def _spendings(batch: Batch) -> Iterator[Row]:
    for key, home, _ in _each(batch):
        for kind, fen in home.spendings.items():
            yield (key, home.place.code, Source.MADE, home.reviewed, kind, fen)


def _shocks(batch: Batch) -> Iterator[Row]:
    for key, home, _ in _each(batch):
        for event in home.shocks:
            yield (
                key, home.place.code, Source.MADE, home.reviewed, event.kind, event.on,
                event.loss_fen, event.main_worker_died, event.detail,
            )  # fmt: skip


def _assets(batch: Batch) -> Iterator[Row]:
    for key, home, people in _each(batch):
        for kind, fen in (
            (AssetKind.DEPOSIT, home.deposit_fen),
            (AssetKind.VEHICLE, home.vehicle_fen),
        ):
            if fen:
                yield (
                    key, home.place.code, Source.MADE, home.reviewed, people[0], kind, fen,
                    Jsonb({}), None,
                )  # fmt: skip


def _supporters(batch: Batch) -> list[Row]:
    """Give a list, not a stream: keys cannot be reserved while the connection copies."""
    given = [(key, home, relative) for key, home, _ in _each(batch) for relative in home.relatives]
    ids = reserve_ids("registry_supporter", len(given))
    return [
        (
            own, key, home.place.code, Source.MADE, home.reviewed, relative.name,
            relative.relation, b"", b"", "", relative.size, relative.income_fen,
            relative.support_fen,
        )
        for own, (key, home, relative) in zip(ids, given, strict=True)
    ]  # fmt: skip


def _recognitions(batch: Batch) -> Iterator[Row]:
    for key, home, _ in _each(batch):
        if home.category is None or home.decided is None:
            continue
        months = 6 if home.category in ("dibao", "margin") else 12
        due = Month.of(home.reviewed).plus(months).last
        yield (
            key, home.place.code, home.category, home.decided,
            f"示例[{home.decided.year}]{key}号", home.monthly_fen, due, True, home.decided, "",
        )  # fmt: skip


def _accounts(batch: Batch) -> list[Row]:
    """Give a list, not a stream: keys cannot be reserved while the connection copies."""
    with_card = [(key, home, people) for key, home, people in _each(batch) if home.account_number]
    ids = reserve_ids("registry_bankaccount", len(with_card))
    return [
        (
            own, key, home.place.code, people[0], home.bank or "示例银行",
            seal(home.account_number, place=f"bankaccount.card.{key}"),
            blind(home.account_number), home.registered,
        )
        for own, (key, home, people) in zip(ids, with_card, strict=True)
    ]  # fmt: skip


def _ledger(batch: Batch) -> None:
    given = [(key, home, aid) for key, home, _ in _each(batch) for aid in home.given]
    ids = reserve_ids("ledger_entry", len(given))
    keyed = [(own, *rest) for own, rest in zip(ids, given, strict=True)]
    copy_rows("ledger_entry", ENTRY, (_entry(*each) for each in keyed))
    payments = (_payments(own, home, aid, batch.on) for own, _, home, aid in keyed)
    copy_rows("ledger_payment", PAYMENT, chain.from_iterable(payments))


def _entry(own: int, key: int, home: Home, aid: Given) -> Row:
    first = aid.since or aid.payments[0][0]
    origin = Origin.DONOR if aid.donated else Origin.MADE
    return (
        own, key, home.place.code, aid.item, aid.type, aid.kind, aid.payer, aid.discretionary,
        aid.item not in COUNTED, bool(aid.monthly_fen), aid.monthly_fen, 0, first, aid.stopped,
        False, origin, aid.reference,
    )  # fmt: skip


def _payments(own: int, home: Home, aid: Given, on: date) -> Iterator[Row]:
    for place, (day, fen) in enumerate(_paid(aid, on), start=1):
        yield (own, home.place.code, day, fen, f"{aid.reference}-{place}")


def _paid(aid: Given, on: date) -> Iterator[tuple[date, int]]:
    yield from aid.payments
    day = aid.since
    until = min(on, aid.stopped or on)
    while day is not None and aid.monthly_fen and day <= until:
        yield day, aid.monthly_fen
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=10)

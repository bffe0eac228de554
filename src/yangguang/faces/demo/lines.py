"""Made families as the lines of PostgreSQL's COPY, table by table; what a process does apart."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from yangguang.aid.ledger.types import Origin
from yangguang.faces.demo.city.making import RatesBy, Share, homes_of
from yangguang.faces.demo.city.types import Given, Home, Place, Soul
from yangguang.families.registry.types import (
    AssetKind,
    Illness,
    MembershipStart,
    NumberKind,
    Source,
)
from yangguang.foundation.kernel.periods import Month
from yangguang.foundation.walls.sealing import blind, seal

type Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """One county's share with all it takes to make it apart; the keys it begins with."""

    share: Share
    within: Sequence[Place]
    rates: RatesBy
    seed: int
    on: date
    first_household: int
    first_person: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Homes with the keys that were reserved for them."""

    homes: Sequence[Home]
    keys: Sequence[int]
    people: Sequence[Sequence[int]]


def lines_of(work: Work) -> tuple[int, dict[str, bytes]]:
    """Make the households of a share; give how many, and the lines of each table of `COLUMNS`."""
    share = work.share
    homes = list(homes_of(share, work.within, work.rates, seed=work.seed, on=work.on))
    key, person = work.first_household + share.made, work.first_person + share.people
    people = []
    for home in homes:
        people.append(range(person, person + len(home.members)))
        person += len(home.members)
    batch = Batch(homes, range(key, key + len(homes)), people)
    return len(homes), {table: _lines(rows(batch)) for table, rows in _ROWS.items()}


_PLAIN: Final[dict[type, Callable[..., str]]] = {
    int: str,
    date: str,
    datetime: str,
    Decimal: str,
    str: lambda text: text,
    bool: lambda truth: "t" if truth else "f",
    bytes: lambda data: "\\\\x" + data.hex(),
    type(None): lambda _: "\\N",
    list: lambda texts: "{" + ",".join(texts) + "}",
}
"""How a value stands in a line; no made text holds a tab, a backslash or a line's end."""


def _lines(rows: Iterable[Row]) -> bytes:
    plain, words = _PLAIN, _PLAIN[str]
    text = "\n".join(
        "\t".join([plain.get(cell.__class__, words)(cell) for cell in row]) for row in rows
    )
    return (text + "\n").encode() if text else b""


def _each(batch: Batch) -> Iterator[tuple[int, Home, Sequence[int]]]:
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
                    "{}", None,
                )  # fmt: skip


def _supporters(batch: Batch) -> Iterator[Row]:
    for key, home, _ in _each(batch):
        for relative in home.relatives:
            yield (
                key, home.place.code, Source.MADE, home.reviewed, relative.name,
                relative.relation, b"", b"", "", relative.size, relative.income_fen,
                relative.support_fen,
            )  # fmt: skip


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


def _accounts(batch: Batch) -> Iterator[Row]:
    for key, home, people in _each(batch):
        card = home.account_number
        yield (
            key, home.place.code, people[0], home.bank,
            seal(card, place=f"bankaccount.card.{key}"), blind(card), home.registered,
        )  # fmt: skip


def _given(batch: Batch) -> Iterator[tuple[int, Home, Given]]:
    for key, home, _ in _each(batch):
        for aid in home.given:
            yield key, home, aid


def _entries(batch: Batch) -> Iterator[Row]:
    for key, home, aid in _given(batch):
        origin = Origin.DONOR if aid.donated else Origin.MADE
        yield (
            key, home.place.code, aid.item, aid.type, aid.kind, aid.payer, aid.discretionary,
            True, bool(aid.monthly_fen), aid.monthly_fen, 0, aid.started, False, origin,
            aid.reference,
        )  # fmt: skip


def _paid_once(batch: Batch) -> Iterator[Row]:
    for _, _, aid in _given(batch):
        if aid.payment:
            yield (aid.reference, *aid.payment)


PAID_ONCE: Final = "made_payment"
_ROWS: Final[dict[str, Callable[[Batch], Iterator[Row]]]] = {
    "registry_household": _households,
    "registry_person": _persons,
    "registry_membership": _memberships,
    "registry_personfacts": _person_facts,
    "registry_dwelling": _dwellings,
    "registry_circumstances": _circumstances,
    "registry_income": _incomes,
    "registry_spending": _spendings,
    "registry_shock": _shocks,
    "registry_asset": _assets,
    "registry_supporter": _supporters,
    "registry_recognition": _recognitions,
    "registry_bankaccount": _accounts,
    "ledger_entry": _entries,
    PAID_ONCE: _paid_once,
}

"""Registering households: one by form, or many at once."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from yangguang.families.registry.actions import rows
from yangguang.families.registry.actions.bulk import reserve_ids, reserve_serials
from yangguang.families.registry.actions.numbering import (
    constraint_of,
    place_of,
    read_numbers,
    stands_elsewhere,
)
from yangguang.families.registry.actions.opening import demand_scope, note
from yangguang.families.registry.models import Household
from yangguang.families.registry.rules.entries import AccountEntry, HouseholdEntry, MemberEntry
from yangguang.families.registry.rules.membership import check_holder, check_members
from yangguang.families.registry.rules.numbers import household_number, own_number
from yangguang.families.registry.rules.refusals import (
    AlreadyRegistered,
    HouseholdNumberTaken,
    InvalidEntry,
)
from yangguang.families.registry.types import MembershipStart
from yangguang.foundation.audit.actions import record
from yangguang.foundation.kernel.identity import IdentityNumber
from yangguang.foundation.walls.context import Actor

_TRIES = 5


@transaction.atomic
def register_household(entry: HouseholdEntry, *, by: Actor, at: datetime) -> Household:
    """Enter a household with its members and facts, and give it a number.

    Amounts in fen over twelve months. Raises `OutsideScope`, `InvalidEntry`,
    `IdentityNumberError`, `AlreadyRegistered` (naming where, within the scope), and
    `HouseholdNumberTaken` for a number of one's own that is in use.
    """
    (key,) = _register_some([entry], by=by, at=at)
    household = Household.objects.get(pk=key)
    note("register_household", household, by=by, at=at, content=asdict(entry))
    return household


@transaction.atomic
def register_households(
    entries: Sequence[HouseholdEntry], *, by: Actor, at: datetime, reason: str = ""
) -> list[int]:
    """Enter many households by binary copy and give their keys in order, with one trail row.

    All or none. The same refusals as `register_household`; `AlreadyRegistered.place` counts the
    persons through all entries.
    """
    keys = _register_some(entries, by=by, at=at)
    if keys:
        record(
            "registry.register_households",
            kind="households",
            key=f"{keys[0]}-{keys[-1]}",
            area_code=by.scope.ljust(12, "0"),
            by=by,
            at=at,
            reason=reason,
            content={"households": keys},
        )
    return keys


def _register_some(entries: Sequence[HouseholdEntry], *, by: Actor, at: datetime) -> list[int]:
    for entry in entries:
        demand_scope(by, entry.area_code)
        check_members(entry.members)
    people = [(member, entry.area_code) for entry in entries for member in entry.members]
    persons = [member.person for member, _ in people]
    # A number lent here may stand in a village that this one does not see: lend the next.
    for attempt in range(_TRIES):
        read = read_numbers(persons, [area for _, area in people], attempt=attempt)
        try:
            with transaction.atomic():
                return _write(entries, read, at=at)
        except IntegrityError as error:
            place = _blame(error, read, entries[0].area_code)
            name = persons[place].name if place is not None else "名单中的人员"
            if place is None or persons[place].number:
                raise AlreadyRegistered(name, None, place) from error
    raise InvalidEntry("临时编号多次相撞，未能登记。请稍后再试。")


def _blame(error: IntegrityError, read: Sequence[IdentityNumber], area: str) -> int | None:
    if constraint_of(error).startswith("registry_household_number"):
        raise HouseholdNumberTaken(
            "户编号已被其他家庭使用。请核对编号，或留空由系统编号。"
        ) from error
    if not stands_elsewhere(error):
        raise error
    return place_of(read, area)


def _write(
    entries: Sequence[HouseholdEntry], read: Sequence[IdentityNumber], *, at: datetime
) -> list[int]:
    keys = reserve_ids("registry_household", len(entries))
    people = iter(reserve_ids("registry_person", len(read)))
    accounts = iter(
        reserve_ids("registry_bankaccount", sum(entry.account is not None for entry in entries))
    )
    serials = iter(reserve_serials(sum(not entry.number for entry in entries)))
    numbers = iter(read)
    sheaf = rows.Sheaf()
    for entry, key in zip(entries, keys, strict=True):
        number = entry.number and own_number(entry.number)
        number = number or household_number(entry.area_code, next(serials))
        members = [next(people) for _ in entry.members]
        head = members[check_members(entry.members)]
        sheaf.add("household", rows.household_row(entry, key=key, number=number, head=head, at=at))
        for member, person in zip(entry.members, members, strict=True):
            _add_member(sheaf, member, next(numbers), person=person, to=(key, entry), at=at)
        _add_facts(sheaf, entry, key)
        if entry.account is not None:
            check_holder(entry.members, entry.account.holder)
            holder = members[entry.account.holder]
            _add_account(sheaf, entry, entry.account, key=next(accounts), of=(key, holder))
    sheaf.write()
    return keys


def _add_member(
    sheaf: rows.Sheaf,
    member: MemberEntry,
    read: IdentityNumber,
    *,
    person: int,
    to: tuple[int, HouseholdEntry],
    at: datetime,
) -> None:
    (household, entry), who = to, member.person
    area = entry.area_code
    sheaf.add("person", rows.person_row(who.name, read, who.ethnic, key=person, area=area))
    sheaf.add("personfacts", rows.facts_row(member.facts, person=person, area=area))
    sheaf.add(
        "membership",
        (household, area, person, member.relation, member.is_counted, member.is_protected,
         timezone.localdate(at), MembershipStart.REGISTERED, ""),
    )  # fmt: skip


def _add_account(
    sheaf: rows.Sheaf,
    entry: HouseholdEntry,
    account: AccountEntry,
    *,
    key: int,
    of: tuple[int, int],
) -> None:
    household, holder = of
    sheaf.add(
        "bankaccount",
        rows.account_row(
            account, key=key, household=household, area=entry.area_code, holder=holder
        ),
    )


def _add_facts(sheaf: rows.Sheaf, entry: HouseholdEntry, key: int) -> None:
    area = entry.area_code
    if entry.dwelling is not None:
        sheaf.add("dwelling", rows.dwelling_row(entry.dwelling, household=key, area=area))
    if entry.circumstances is not None:
        sheaf.add(
            "circumstances",
            rows.circumstances_row(entry.circumstances, household=key, area=area),
        )
    for row in rows.income_rows(entry.incomes, household=key, area=area):
        sheaf.add("income", row)
    for row in rows.spending_rows(entry.spendings, household=key, area=area):
        sheaf.add("spending", row)
    for shock in entry.shocks:
        sheaf.add("shock", rows.shock_row(shock, household=key, area=area))
    for one in entry.recognitions:
        sheaf.add("recognition", rows.recognition_row(one, household=key, area=area))

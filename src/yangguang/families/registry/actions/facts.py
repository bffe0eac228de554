"""Correcting and adding facts, each with its source and day, on the version that was seen."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from yangguang.families.registry.actions import rows
from yangguang.families.registry.actions.bulk import insert_rows, reserve_ids
from yangguang.families.registry.actions.opening import (
    check_change_day,
    current_members,
    home_of,
    note,
    opened,
)
from yangguang.families.registry.models import (
    Asset,
    Circumstances,
    Dwelling,
    Household,
    Income,
    Person,
    PersonFacts,
    Shock,
    Spending,
    Supporter,
)
from yangguang.families.registry.rules.entries import (
    AssetEntry,
    CircumstancesEntry,
    DwellingEntry,
    IncomeEntry,
    PersonFactsEntry,
    ShockEntry,
    SpendingEntry,
    SupporterEntry,
)
from yangguang.families.registry.rules.pinyin import spell
from yangguang.families.registry.rules.refusals import InvalidChange, InvalidEntry
from yangguang.families.registry.rules.texts import check_length, check_name, check_phone
from yangguang.families.registry.types import RegisterType
from yangguang.foundation.walls.context import Actor
from yangguang.foundation.walls.sealing import seal


@transaction.atomic
def correct_household_facts(
    household_id: int,
    *,
    by: Actor,
    at: datetime,
    expected_version: int | None = None,
    dwelling: DwellingEntry | None = None,
    circumstances: CircumstancesEntry | None = None,
    incomes: Sequence[IncomeEntry] | None = None,
    spendings: Sequence[SpendingEntry] | None = None,
    reason: str = "",
) -> Household:
    """Replace the groups of facts that are given and leave the others as they are.

    `incomes` and `spendings` are whole lists, fen over twelve months: a class left out is removed.
    Raises `NotFound`, `OutsideScope`, `ChangedMeanwhile`, `InvalidEntry` for a class given twice.
    """
    household = opened(household_id, by=by, expected_version=expected_version)
    key, area = household.pk, household.area_id
    if dwelling is not None:
        _replace(Dwelling, [rows.dwelling_row(dwelling, household=key, area=area)], household)
    if circumstances is not None:
        _replace(
            Circumstances,
            [rows.circumstances_row(circumstances, household=key, area=area)],
            household,
        )
    if incomes is not None:
        _check_once([entry.kind.label for entry in incomes])
        _replace(Income, rows.income_rows(incomes, household=key, area=area), household)
    if spendings is not None:
        _check_once([entry.kind.label for entry in spendings])
        _replace(Spending, rows.spending_rows(spendings, household=key, area=area), household)
    groups = (dwelling, circumstances, *(incomes or ()), *(spendings or ()))
    given: dict[str, object] = {"facts": [asdict(one) for one in groups if one is not None]}
    note("correct_household_facts", household, by=by, at=at, reason=reason, content=given)
    return household


def _replace(
    model: type[Dwelling | Circumstances | Income | Spending],
    given: list[rows.Row],
    household: Household,
) -> None:
    table = model._meta.db_table
    model.objects.filter(household=household).delete()
    insert_rows(table, rows.COLUMNS[table], given)


def _check_once(labels: Sequence[str]) -> None:
    twice = {label for label in labels if labels.count(label) > 1}
    if twice:
        raise InvalidEntry(f"{'、'.join(sorted(twice))}填了两次。请合并为一行。")


@transaction.atomic
def correct_household(
    household_id: int,
    *,
    by: Actor,
    at: datetime,
    register_type: RegisterType,
    address: str,
    group_name: str = "",
    register_area_code: str = "",
    register_address: str = "",
    phone: str | None = None,
    expected_version: int | None = None,
    reason: str = "",
) -> Household:
    """Correct what the household's first page says; `phone` None leaves the phone as it is.

    `register_area_code` is set where the register is kept elsewhere (人户分离), else empty. Raises
    `InvalidEntry` for what is no phone, or too long.
    """
    check_length("address", address)
    check_length("group_name", group_name)
    check_length("register_address", register_address)
    check_phone(phone or "")
    household = opened(household_id, by=by, expected_version=expected_version)
    household.register_type, household.address = register_type, address
    household.group_name, household.register_address = group_name, register_address
    household.register_area_code = register_area_code
    if phone is not None:
        household.phone_sealed = seal(phone, place=f"household.phone.{household.pk}")
    household.save(
        update_fields=["register_type", "address", "group_name", "register_address",
                       "register_area_code", "phone_sealed"]
    )  # fmt: skip
    given: dict[str, object] = {"register_type": register_type, "address": address, "phone": phone}
    note("correct_household", household, by=by, at=at, reason=reason, content=given)
    return household


@transaction.atomic
def correct_person(
    person_id: int,
    *,
    name: str,
    ethnic: str,
    by: Actor,
    at: datetime,
    expected_version: int | None = None,
    reason: str = "",
) -> Person:
    """Correct a current member's name and ethnic group; sex and birth follow the number.

    `expected_version` is that of the household. Raises `NotFound`, `ChangedMeanwhile`,
    `InvalidEntry`.
    """
    person, household_id = home_of(person_id)
    household = opened(household_id, by=by, expected_version=expected_version)
    check_name(name.strip())
    check_length("ethnic", ethnic)
    person.name, person.ethnic = name.strip(), ethnic
    person.pinyin, person.initials = spell(person.name)
    person.save(update_fields=["name", "ethnic", "pinyin", "initials"])
    given: dict[str, object] = {"person": person_id, "name": person.name, "ethnic": ethnic}
    note("correct_person", household, by=by, at=at, reason=reason, content=given)
    return person


@transaction.atomic
def correct_person_facts(
    person_id: int,
    *,
    facts: PersonFactsEntry,
    by: Actor,
    at: datetime,
    expected_version: int | None = None,
    reason: str = "",
) -> Household:
    """Replace a current member's facts as a whole.

    `expected_version` is that of the household. Raises `NotFound`, `ChangedMeanwhile`.
    """
    person, household_id = home_of(person_id)
    household = opened(household_id, by=by, expected_version=expected_version)
    PersonFacts.objects.filter(person=person).delete()
    table = PersonFacts._meta.db_table
    row = rows.facts_row(facts, person=person.pk, area=household.area_id)
    insert_rows(table, rows.COLUMNS[table], [row])
    given: dict[str, object] = {"person": person_id, "facts": asdict(facts)}
    note("correct_person_facts", household, by=by, at=at, reason=reason, content=given)
    return household


@transaction.atomic
def record_shock(household_id: int, *, shock: ShockEntry, by: Actor, at: datetime) -> Household:
    """Add a sudden event with its loss, fen. Raises `InvalidChange` for a day to come."""
    household = opened(household_id, by=by)
    check_change_day(shock.on, at=at)
    row = rows.shock_row(shock, household=household.pk, area=household.area_id)
    _insert(Shock, row)
    note("record_shock", household, by=by, at=at, content=asdict(shock))
    return household


@transaction.atomic
def record_asset(household_id: int, *, asset: AssetEntry, by: Actor, at: datetime) -> Household:
    """Add a thing of value, fen; its owner is a member or left open."""
    household = opened(household_id, by=by)
    members = {membership.person_id for membership in current_members(household)}
    if asset.owner_id is not None and asset.owner_id not in members:
        raise InvalidChange("财产所有人不是这户的现有成员。请重新选择。")
    _insert(Asset, rows.asset_row(asset, household=household.pk, area=household.area_id))
    note("record_asset", household, by=by, at=at, content=asdict(asset))
    return household


@transaction.atomic
def record_supporter(
    household_id: int, *, supporter: SupporterEntry, by: Actor, at: datetime
) -> Household:
    """Add a supporter who lives elsewhere; amounts in fen, income by year, support by month."""
    household = opened(household_id, by=by)
    (key,) = reserve_ids("registry_supporter", 1)
    row = rows.supporter_row(supporter, key=key, household=household.pk, area=household.area_id)
    _insert(Supporter, row)
    note("record_supporter", household, by=by, at=at, content=asdict(supporter))
    return household


def _insert(model: type[Shock | Asset | Supporter], row: rows.Row) -> None:
    table = model._meta.db_table
    insert_rows(table, rows.COLUMNS[table], [row])


_REMOVABLE: dict[str, QuerySet[Any]] = {
    "shock": Shock.objects.all(),
    "asset": Asset.objects.all(),
    "supporter": Supporter.objects.all(),
}


@transaction.atomic
def remove_record(
    household_id: int,
    *,
    kind: str,
    key: int,
    reason: str,
    by: Actor,
    at: datetime,
) -> Household:
    """Take out an event, asset or supporter entered by mistake; `kind` names which.

    `kind` is "shock", "asset" or "supporter". Raises `InvalidChange` without a reason.
    """
    if not reason.strip():
        raise InvalidChange("删除须写明理由。请填写理由后再提交。")
    household = opened(household_id, by=by)
    gone, _ = _REMOVABLE[kind].filter(pk=key, household=household).delete()
    if not gone:
        raise InvalidChange("没有找到要删除的记录，可能已被他人删除。请刷新页面。")
    given: dict[str, object] = {"kind": kind, "key": key}
    note("remove_record", household, by=by, at=at, reason=reason, content=given)
    return household

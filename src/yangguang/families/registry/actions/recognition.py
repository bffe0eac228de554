"""What a household is recognised as, the card it is paid to, and its members' real numbers."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import IntegrityError, transaction

from yangguang.families.registry.actions import rows
from yangguang.families.registry.actions.bulk import insert_rows, reserve_ids
from yangguang.families.registry.actions.numbering import holder_of, stands_elsewhere
from yangguang.families.registry.actions.opening import (
    check_change_day,
    current_members,
    home_of,
    note,
    opened,
)
from yangguang.families.registry.models import BankAccount, Household, Person, Recognition
from yangguang.families.registry.rules.entries import AccountEntry, RecognitionEntry
from yangguang.families.registry.rules.refusals import InvalidChange, NumberTaken
from yangguang.families.registry.rules.texts import check_length
from yangguang.families.registry.types import Category, NumberKind
from yangguang.foundation.kernel.identity import parse_number
from yangguang.foundation.walls.context import Actor
from yangguang.foundation.walls.sealing import blind, seal


@transaction.atomic
def recognise(
    household_id: int, *, recognition: RecognitionEntry, by: Actor, at: datetime
) -> Household:
    """Enter what a household is recognised as; the monthly amount in fen for the household.

    Raises `InvalidChange` when the same category is in force already.
    """
    household = opened(household_id, by=by)
    if household.recognitions.filter(category=recognition.category, ended_date=None).exists():
        raise InvalidChange(f"“{recognition.category.label}”已在享。请先终止原认定，再重新认定。")
    table = Recognition._meta.db_table
    row = rows.recognition_row(recognition, household=household.pk, area=household.area_id)
    insert_rows(table, rows.COLUMNS[table], [row])
    note("recognise", household, by=by, at=at, content=asdict(recognition))
    return household


@transaction.atomic
def end_recognition(
    household_id: int, *, category: Category, on: date, reason: str, by: Actor, at: datetime
) -> Household:
    """End a category in force, with a reason that the family is told."""
    if not reason.strip():
        raise InvalidChange("终止认定须写明理由。请填写理由后再提交。")
    household = opened(household_id, by=by)
    found = household.recognitions.filter(category=category, ended_date=None).first()
    if found is None:
        raise InvalidChange(f"该户没有在享的“{category.label}”。请刷新页面核对。")
    check_change_day(on, at=at, since=found.started_date)
    check_length("reason", reason)
    found.ended_date, found.end_reason = on, reason
    found.save(update_fields=["ended_date", "end_reason"])
    given: dict[str, object] = {"category": category, "on": on}
    note("end_recognition", household, by=by, at=at, reason=reason, content=given)
    return household


@transaction.atomic
def set_account(
    household_id: int,
    *,
    holder_id: int,
    bank: str,
    card: str,
    on: date,
    by: Actor,
    at: datetime,
) -> Household:
    """Set the one card to which a household is paid; the former one ends that day.

    The holder is a current member. Whether a card passes Luhn is asked at the form, as a warning.
    """
    household = opened(household_id, by=by)
    card = card.replace(" ", "")
    if holder_id not in {one.person_id for one in current_members(household)}:
        raise InvalidChange("持卡人不是这户的现有成员。请重新选择持卡人。")
    if not (card.isascii() and card.isdigit() and 8 <= len(card) <= 30):
        raise InvalidChange("卡号应为8至30位数字。请对照存折或卡片填写。")
    household.accounts.filter(ended_date=None).update(ended_date=on)
    (key,) = reserve_ids("registry_bankaccount", 1)
    entry = AccountEntry(bank=bank, card=card, started=on)
    row = rows.account_row(
        entry, key=key, household=household.pk, area=household.area_id, holder=holder_id
    )
    table = BankAccount._meta.db_table
    insert_rows(table, rows.COLUMNS[table], [row])
    given: dict[str, object] = {"holder": holder_id, "bank": bank, "card": card, "on": on}
    note("set_account", household, by=by, at=at, content=given)
    return household


@transaction.atomic
def replace_temporary_number(
    person_id: int, *, number: str, by: Actor, at: datetime, expected_version: int | None = None
) -> Person:
    """Give a person with a temporary number the real one; sex and birth follow it.

    Raises `IdentityNumberError`, `InvalidChange` when the number held is real already or the new
    one is temporary, and `NumberTaken` with both sides when it belongs to somebody else.
    """
    read = parse_number(number)
    person, household_id = home_of(person_id)
    household = opened(household_id, by=by, expected_version=expected_version)
    if person.number_kind != NumberKind.TEMPORARY or read.temporary:
        raise InvalidChange("只有临时编号可以换成正式身份证号。请核对人员和号码。")
    other = Person.objects.filter(number_blind=blind(read.number)).first()
    if other is not None:
        raise NumberTaken(holder_of(person_id), holder_of(other.pk))
    person.number_kind = NumberKind.RESIDENT
    person.number_sealed = seal(read.number, place=f"person.number.{person.pk}")
    person.number_blind = blind(read.number)
    person.sex, person.born_date = read.sex, read.born
    try:
        with transaction.atomic():
            person.save(
                update_fields=["number_kind", "number_sealed", "number_blind", "sex", "born_date"]
            )
    except IntegrityError as error:
        if not stands_elsewhere(error):
            raise
        raise NumberTaken(holder_of(person_id), None) from error
    given: dict[str, object] = {"person": person_id, "number": read.number}
    note("replace_temporary_number", household, by=by, at=at, content=given)
    return person

"""The e-file of one household, in a constant number of queries."""

from datetime import date
from typing import Any

from django.db.models import FETCH_RAISE

from yangguang.families.registry.models import (
    BankAccount,
    Circumstances,
    Dwelling,
    Household,
    Membership,
    PersonFacts,
    Photo,
)
from yangguang.families.registry.queries import views
from yangguang.families.registry.rules.consistency import Doubt, Known, doubts
from yangguang.families.registry.rules.refusals import NotFound
from yangguang.families.registry.rules.troubles import trouble_class
from yangguang.families.registry.types import (
    Marital,
    NumberKind,
    Occupation,
    Relation,
    Sex,
    Student,
)
from yangguang.foundation.divisions.queries import names
from yangguang.foundation.kernel.masks import mask_card, mask_name, mask_number, mask_phone
from yangguang.foundation.kernel.periods import age_on
from yangguang.foundation.walls.sealing import unseal


def household_page(household_id: int, on: date) -> views.HouseholdPage:
    """Give everything the e-file shows of a household as of a day. Budget: 12 queries, constant.

    Raises `NotFound` when it is not visible in the scope.
    """
    household = (
        Household.objects.filter(pk=household_id)
        .select_related("area", "head", "dwelling", "circumstances")
        .first()
    )
    if household is None:
        raise NotFound("没有找到这户，可能不在您的辖区内。请核对户编号。")
    everybody = members(household_id, on, with_former=True)
    current = tuple(member for member in everybody if member.ended is None)
    account = household.accounts.filter(ended_date=None).select_related("holder").first()
    path = _path(household.area_id)
    area_names = names([*path, household.register_area_code])
    return views.HouseholdPage(
        **_front(household),
        **_facts_of(household),
        area_code=household.area_id,
        area_name=household.area.name,
        area_path=tuple(area_names[code] for code in path if code in area_names),
        register_area_code=household.register_area_code,
        register_area_name=area_names.get(household.register_area_code, ""),
        members=current,
        former_members=tuple(member for member in everybody if member.ended is not None),
        account=_account(account),
        photos=photos(household_id),
        changes=_changes(household),
        doubts=tuple(_doubts(current, on)),
    )


def _front(household: Household) -> dict[str, Any]:
    return {
        "id": household.pk,
        "number": household.number,
        "register_type": household.register_type,
        "head_id": household.head_id,
        "head_name": household.head.name if household.head else "",
        "address": household.address,
        "register_address": household.register_address,
        "group_name": household.group_name,
        "phone_masked": _phone(household),
        "registered_at": household.registered_at,
        "accepted_at": household.accepted_at,
        "closed": household.closed_date,
        "facts_version": household.facts_version,
    }


def _facts_of(household: Household) -> dict[str, Any]:
    return {
        "dwelling": _dwelling(getattr(household, "dwelling", None)),
        "circumstances": _circumstances(getattr(household, "circumstances", None)),
        "incomes": _incomes(household),
        "spendings": _spendings(household),
        "assets": _assets(household),
        "shocks": _shocks(household),
        "supporters": _supporters(household),
        "recognitions": _recognitions(household),
    }


def members(
    household_id: int, on: date, *, with_former: bool = False
) -> tuple[views.MemberView, ...]:
    """Give the members, the head first, then by age; former ones too when asked. One query."""
    rows = Membership.objects.filter(household_id=household_id).select_related("person__facts")
    if not with_former:
        rows = rows.filter(ended_date=None)
    ordered = sorted(
        rows.fetch_mode(FETCH_RAISE),
        key=lambda row: (row.ended_date is not None, row.relation != Relation.HEAD,
                         row.person.born_date, row.pk),
    )  # fmt: skip
    return tuple(_member(row, on) for row in ordered)


def _member(row: Membership, on: date) -> views.MemberView:
    person = row.person
    facts = getattr(person, "facts", None)
    number = unseal(bytes(person.number_sealed), place=f"person.number.{person.pk}")
    return views.MemberView(
        person_id=person.pk,
        name=person.name,
        number_masked=mask_number(number),
        is_temporary=person.number_kind == NumberKind.TEMPORARY,
        sex=person.sex,
        born=person.born_date,
        died=person.died_date,
        age=age_on(person.born_date, person.died_date or on),
        ethnic=person.ethnic,
        relation=row.relation,
        is_counted=row.is_counted,
        is_protected=row.is_protected,
        started=row.started_date,
        start_reason=row.start_reason,
        ended=row.ended_date,
        end_reason=row.end_reason,
        troubles=trouble_class(facts.illness, facts.disability_grade) if facts else (),
        facts=_facts(facts) if facts else None,
    )


def _facts(row: PersonFacts) -> views.PersonFactsView:
    return views.PersonFactsView(
        source=row.source,
        as_of=row.as_of_date,
        illness=row.illness,
        disease=unseal(bytes(row.illness_sealed), place=f"personfacts.illness.{row.person_id}"),
        disability_kind=row.disability_kind,
        disability_grade=row.disability_grade,
        disability_card=row.disability_card,
        student=row.student,
        school=row.school,
        occupation=row.occupation,
        employed=row.employed,
        employer=row.employer,
        monthly_income_fen=row.monthly_income_fen,
        unable_to_work=row.unable_to_work,
        self_care_failed=row.self_care_failed,
        marital=row.marital,
        unsupported_child=row.unsupported_child,
        special=row.special,
    )


def _phone(household: Household) -> str:
    sealed = bytes(household.phone_sealed)
    return mask_phone(unseal(sealed, place=f"household.phone.{household.pk}")) if sealed else ""


def _path(code: str) -> list[str]:
    return [code[:length].ljust(12, "0") for length in (4, 6, 9)] + [code]


def _dwelling(row: Dwelling | None) -> views.DwellingView | None:
    if row is None:
        return None
    return views.DwellingView(
        source=row.source,
        as_of=row.as_of_date,
        tenure=row.tenure,
        grade=row.grade,
        floor_area=row.floor_area,
        rooms=row.rooms,
        finish=row.finish,
    )


def _circumstances(row: Circumstances | None) -> views.CircumstancesView | None:
    if row is None:
        return None
    return views.CircumstancesView(
        source=row.source,
        as_of=row.as_of_date,
        single_parent=row.single_parent,
        only_child_lost=row.only_child_lost,
        property_status=row.property_status,
        causes=tuple(row.causes),
        cadre_relative=row.cadre_relative,
        utilities_fen=row.utilities_fen,
        phone_fen=row.phone_fen,
        livestock=row.livestock,
        farm_machines=row.farm_machines,
        land_mu=row.land_mu,
        note=row.note,
        reviewed=row.reviewed_date,
    )


def _incomes(household: Household) -> tuple[views.IncomeView, ...]:
    return tuple(
        views.IncomeView(kind=row.kind, declared_fen=row.declared_fen,
                         verified_fen=row.verified_fen, source=row.source, as_of=row.as_of_date)
        for row in household.incomes.order_by("id").fetch_mode(FETCH_RAISE)
    )  # fmt: skip


def _spendings(household: Household) -> tuple[views.SpendingView, ...]:
    return tuple(
        views.SpendingView(kind=row.kind, amount_fen=row.amount_fen, source=row.source,
                           as_of=row.as_of_date)
        for row in household.spendings.order_by("id").fetch_mode(FETCH_RAISE)
    )  # fmt: skip


def _assets(household: Household) -> tuple[views.AssetView, ...]:
    return tuple(
        views.AssetView(
            id=row.pk, kind=row.kind, value_fen=row.value_fen,
            owner_name=row.owner.name if row.owner else "", detail=tuple(row.detail.items()),
            acquired=row.acquired_date, source=row.source, as_of=row.as_of_date)
        for row in household.assets.select_related("owner").order_by("id").fetch_mode(FETCH_RAISE)
    )  # fmt: skip


def _shocks(household: Household) -> tuple[views.ShockView, ...]:
    return tuple(
        views.ShockView(
            id=row.pk, kind=row.kind, on=row.on_date, loss_fen=row.loss_fen,
            main_worker_died=row.main_worker_died, detail=row.detail, source=row.source,
            as_of=row.as_of_date)
        for row in household.shocks.order_by("-on_date", "id").fetch_mode(FETCH_RAISE)
    )  # fmt: skip


def _supporters(household: Household) -> tuple[views.SupporterView, ...]:
    return tuple(
        views.SupporterView(
            id=row.pk, name_masked=mask_name(row.name), relation=row.relation,
            family_size=row.family_size, family_income_fen=row.family_income_fen,
            monthly_support_fen=row.monthly_support_fen, source=row.source, as_of=row.as_of_date)
        for row in household.supporters.order_by("id").fetch_mode(FETCH_RAISE)
    )  # fmt: skip


def _recognitions(household: Household) -> tuple[views.RecognitionView, ...]:
    return tuple(
        views.RecognitionView(
            category=row.category, decided=row.decided_date, document_number=row.document_number,
            monthly_fen=row.monthly_fen, next_review=row.next_review_date,
            is_legacy=row.is_legacy, started=row.started_date, ended=row.ended_date,
            end_reason=row.end_reason)
        for row in household.recognitions.order_by("-started_date", "id").fetch_mode(FETCH_RAISE)
    )  # fmt: skip


def _account(row: BankAccount | None) -> views.AccountView | None:
    if row is None:
        return None
    card = unseal(bytes(row.card_sealed), place=f"bankaccount.card.{row.household_id}")
    return views.AccountView(
        holder_name=row.holder.name,
        bank=row.bank,
        card_masked=mask_card(card),
        started=row.started_date,
    )


def photos(household_id: int) -> tuple[views.PhotoView, ...]:
    """List a household's photos, the latest first. One query."""
    from_rows = Photo.objects.filter(household_id=household_id).select_related("image")
    return tuple(
        views.PhotoView(
            id=row.pk, kind=row.kind, person_id=row.person_id, caption=row.caption,
            taken_at=row.taken_at, is_made=row.is_made, width=row.image.width,
            height=row.image.height)
        for row in from_rows.order_by("-taken_at", "-id").fetch_mode(FETCH_RAISE)
    )  # fmt: skip


def _changes(household: Household) -> tuple[views.ChangeView, ...]:
    return tuple(
        views.ChangeView(kind=row.kind, on=row.on_date, other_id=row.other_id, detail=row.detail)
        for row in household.changes.order_by("-on_date", "-id").fetch_mode(FETCH_RAISE)
    )


def _doubts(current: tuple[views.MemberView, ...], on: date) -> list[Doubt]:
    return doubts([_known(member, member.facts) for member in current if member.facts], on)


def _known(member: views.MemberView, facts: views.PersonFactsView) -> Known:
    return Known(
        name=member.name,
        relation=Relation(member.relation),
        born=member.born,
        sex=Sex(member.sex),
        marital=Marital(facts.marital),
        occupation=Occupation(facts.occupation),
        student=Student(facts.student) if facts.student else None,
        employed=facts.employed,
        unable_to_work=facts.unable_to_work,
        disability_grade=facts.disability_grade,
        monthly_income_fen=facts.monthly_income_fen,
        unsupported_child=facts.unsupported_child,
    )

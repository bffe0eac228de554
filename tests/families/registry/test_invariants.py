"""What the database itself does not let be false, each broken once."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.registry import (
    AssetFactory,
    HouseholdFactory,
    IncomeFactory,
    RecognitionFactory,
    ShockFactory,
    SpendingFactory,
    SupporterFactory,
)
from yangguang.families.registry.models import (
    BankAccount,
    Dwelling,
    Household,
    Income,
    Mark,
    Membership,
    Person,
    PersonFacts,
    Recognition,
    Shock,
    Spending,
)
from yangguang.families.registry.types import Relation
from yangguang.foundation.walls.context import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(87)]


@pytest.fixture
def family(county: Actor, village: str) -> Household:
    """Give a couple with a child, on 低保, with a card."""
    return HouseholdFactory(
        couple_with_child=True, on_dibao=True, with_card=True, area_code=village, by=county
    )


def broken(constraint: str):
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.parametrize(
    ("model", "given", "constraint"),
    [
        (Person, {"sex": "other"}, "person_sex"),
        (Person, {"number_kind": "passport"}, "person_number_kind"),
        (Person, {"name": "张|三"}, "person_name_signs"),
        (Person, {"name": "张\x07三"}, "person_name_signs"),
        (BankAccount, {"bank": "农商行|1"}, "account_bank_signs"),
        (Person, {"died_date": date(1900, 1, 1)}, "person_dies_after_birth"),
        (Household, {"register_type": "sea"}, "household_register_type"),
        (Household, {"head": None}, "household_open_has_head"),
        (Membership, {"relation": "friend"}, "membership_relation"),
        (Membership, {"ended_date": date(2026, 11, 24)}, "membership_ends_with_reason"),
        (Membership, {"ended_date": date(2000, 1, 1), "end_reason": "death"},
         "membership_ends_after_start"),
        (Membership, {"relation": Relation.HEAD}, "household_has_one_head"),
        (PersonFacts, {"disability_kind": "visual"}, "facts_disability_whole"),
        (PersonFacts, {"disability_grade": 2}, "facts_disability_whole"),
        (PersonFacts, {"disability_kind": "visual", "disability_grade": 5},
         "facts_disability_whole"),
        (PersonFacts, {"illness": "cold"}, "facts_illness"),
        (PersonFacts, {"student": "phd"}, "facts_student"),
        (PersonFacts, {"marital": "maybe"}, "facts_marital"),
        (PersonFacts, {"source": "rumour"}, "personfacts_source"),
        (Dwelling, {"tenure": "none", "grade": "D"}, "dwelling_none_has_no_grade"),
        (Dwelling, {"grade": "E"}, "dwelling_grade"),
        (Dwelling, {"floor_area": 0}, "dwelling_area_positive"),
        (Income, {"kind": "luck"}, "income_kind"),
        (Spending, {"amount_fen": -1}, "spending_not_negative"),
        (Recognition, {"monthly_fen": -1}, "recognition_amount"),
        (Recognition, {"ended_date": date(2000, 1, 1)}, "recognition_ends_after_start"),
    ],
)  # fmt: skip
def test_the_database_refuses(family, model, given, constraint: str):
    with broken(constraint), transaction.atomic():
        model.objects.update(**given)


def test_a_person_belongs_to_one_household_at_a_time(family, county, village):
    other = HouseholdFactory(area_code=village, by=county)
    row = Membership.objects.filter(household=family).first()
    with broken("person_in_one_household"), transaction.atomic():
        Membership.objects.create(
            household=other, area_code=village, person=row.person, relation="child",
            started_date=row.started_date, start_reason="merged",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("make", "constraint"),
    [
        (lambda family: IncomeFactory(household=family, kind="wages"), "income_once"),
        (lambda family: SpendingFactory(household=family, kind="medical"), "spending_once"),
        (lambda family: RecognitionFactory(household=family), "recognition_once"),
        (lambda family: ShockFactory(household=family, loss_fen=-1), "shock_not_negative"),
        (lambda family: AssetFactory(household=family, value_fen=-1), "asset_not_negative"),
        (lambda family: SupporterFactory(household=family, source="rumour"), "supporter_source"),
    ],
)
def test_the_database_refuses_to_add(family, make, constraint: str):
    with broken(constraint), transaction.atomic():
        make(family)


def test_a_household_is_paid_to_one_card(family):
    card = BankAccount.objects.get()
    card.pk = None
    with broken("one_card_per_household"), transaction.atomic():
        card.save(force_insert=True)


def test_a_number_belongs_to_one_person(family):
    first, second, _ = Person.objects.order_by("id")
    with broken("number_blind"), transaction.atomic():
        Person.objects.filter(pk=second.pk).update(number_blind=first.number_blind)


def test_a_row_cannot_stand_in_another_village_than_its_household(family, villages):
    with broken("follows_household_id"), transaction.atomic():
        Dwelling.objects.update(area_code=villages[2])


def test_the_head_is_a_person_that_exists(family):
    with broken("head_id"), transaction.atomic():
        Household.objects.filter(pk=family.pk).update(head_id=-1)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def forget_marks() -> None:
    Mark.objects.all().delete()


def version(household: Household) -> int:
    return Household.objects.get(pk=household.pk).facts_version


def facts_of(household: Household):
    return PersonFacts.objects.filter(person_id=household.head_id)


CHANGES = {
    "a person's facts": lambda one: facts_of(one).update(illness="severe"),
    "a person's facts gone": lambda one: facts_of(one).delete(),
    "the dwelling": lambda one: Dwelling.objects.filter(household=one).update(grade="D"),
    "the dwelling gone": lambda one: Dwelling.objects.filter(household=one).delete(),
    "circumstances": lambda one: type(one.circumstances).objects.filter(household=one).update(
        single_parent=True),
    "an income": lambda one: one.incomes.update(declared_fen=5),
    "a new income": lambda one: IncomeFactory(household=one),
    "an income gone": lambda one: one.incomes.all().delete(),
    "a spending": lambda one: one.spendings.update(amount_fen=5),
    "a new spending": lambda one: SpendingFactory(household=one),
    "a shock": lambda one: ShockFactory(household=one),
    "a shock gone": lambda one: Shock.objects.filter(household=one).delete(),
    "a recognition": lambda one: RecognitionFactory(household=one),
    "a membership": lambda one: one.memberships.update(is_counted=False),
    "a birth": lambda one: Person.objects.filter(pk=one.head_id).update(
        born_date=date(1979, 1, 1)),
    "the register type": lambda one: Household.objects.filter(pk=one.pk).update(
        register_type="urban"),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_fact_marks_its_household_alone_and_raises_it_once(county, village, what: str):
    family, other = (HouseholdFactory(flooded=True, area_code=village, by=county) for _ in range(2))
    forget_marks()
    before = version(family), version(other)
    CHANGES[what](family)
    assert list(Mark.objects.values_list("household_id", flat=True)) == [family.pk]
    CHANGES["an income"](family)
    assert (version(family), version(other)) == (before[0] + 1, before[1])


def test_what_is_not_scored_marks_nothing(family):
    forget_marks()
    SupporterFactory(household=family)
    AssetFactory(household=family)
    Household.objects.filter(pk=family.pk).update(address="新地址")
    assert not Mark.objects.exists()
    assert version(family) == 1


def test_many_rows_in_one_statement_mark_each_household_once(county, village):
    families = [HouseholdFactory(area_code=village, by=county) for _ in range(3)]
    forget_marks()
    Income.objects.update(declared_fen=9)
    assert Mark.objects.count() == 3
    assert [version(one) for one in families] == [2, 2, 2]

from dataclasses import replace
from datetime import date

import pytest
from cryptography.exceptions import InvalidTag

from tests.factories.registry import (
    HouseholdEntryFactory,
    HouseholdFactory,
    identity,
    member,
)
from tests.families.registry.conftest import actor_at
from yangguang.families.registry.actions.register import register_household, register_households
from yangguang.families.registry.models import Household, Mark, Person
from yangguang.families.registry.queries.page import household_page
from yangguang.families.registry.rules.refusals import AlreadyRegistered, HouseholdNumberTaken
from yangguang.families.registry.types import Relation, Sex
from yangguang.foundation.audit.models import Record
from yangguang.foundation.walls.context import Actor, enter
from yangguang.foundation.walls.sealing import unseal

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(87)]
ON = date(2026, 11, 24)


@pytest.mark.requirement(30)
@pytest.mark.requirement(31)
@pytest.mark.requirement(28)
def test_a_family_is_entered_with_every_class_of_fact(county: Actor, village: str):
    household = HouseholdFactory(
        widow_with_student=True, in_a_dangerous_house=True, flooded=True, on_dibao=True,
        with_card=True, area_code=village, by=county,
    )  # fmt: skip
    page = household_page(household.pk, ON)
    assert [one.name for one in page.members] == ["单秀英", "赵磊"]
    assert page.head_name == "单秀英"
    assert page.dwelling.grade == "D"
    assert page.circumstances.causes == ("cause_illness",)
    assert [one.loss_fen for one in page.shocks] == [2_000_000]
    assert [one.monthly_fen for one in page.recognitions] == [88_400]
    assert (page.income_fen, page.spendings[0].amount_fen) == (1_200_000, 300_000)
    assert page.members[1].facts.student == "upper"
    assert page.account.card_masked == "***************0012"
    assert page.phone_masked == "138****0000"
    assert page.doubts == ()


def test_a_number_is_given_once_and_by_the_county(county: Actor, village: str):
    first, second = (HouseholdFactory(area_code=village, by=county) for _ in range(2))
    assert first.number[:7] == second.number[:7] == "370112-"
    assert first.number < second.number


def test_what_is_sealed_opens_in_its_place_only(county: Actor, village: str):
    HouseholdFactory(area_code=village, by=county)
    person = Person.objects.get()
    sealed = bytes(person.number_sealed)
    assert unseal(sealed, place=f"person.number.{person.pk}").startswith("3799")
    with pytest.raises(InvalidTag):
        unseal(sealed, place=f"person.number.{person.pk + 1}")


def test_a_registered_number_is_refused_and_says_where(county: Actor, village: str, now):
    known = member("王秀英")
    household = HouseholdFactory(area_code=village, by=county, members=(known,))
    with pytest.raises(AlreadyRegistered, match=household.number) as refusal:
        HouseholdFactory(area_code=village, by=county, members=(known,))
    assert refusal.value.holder.household_id == household.pk
    assert refusal.value.place == 0


def test_a_number_held_beyond_the_scope_says_only_that(county: Actor, villages: list[str]):
    known = member("王秀英")
    household = HouseholdFactory(area_code=villages[0], by=county, members=(known,))
    clerk = actor_at(villages[2])
    enter(clerk)
    with pytest.raises(AlreadyRegistered, match="其他区划") as refusal:
        HouseholdFactory(
            area_code=villages[2], by=clerk, members=(member("李雷", sex=Sex.MALE), replace(
                known, relation=Relation.SPOUSE)),
        )  # fmt: skip
    assert refusal.value.holder is None
    assert household.number not in str(refusal.value)
    assert not Household.objects.exists()


def test_a_newborn_is_lent_a_number_that_the_next_village_has_not(
    county: Actor, villages: list[str]
):
    newborn = member("赵宝", Relation.CHILD, born=date(2026, 11, 1), number="")
    for village in (villages[0], villages[2]):
        clerk = actor_at(village)
        enter(clerk)
        HouseholdFactory(area_code=village, by=clerk, members=(member(), newborn))
    enter(county)
    lent = Person.objects.filter(number_kind="temporary")
    numbers = {unseal(bytes(one.number_sealed), place=f"person.number.{one.pk}") for one in lent}
    assert len(numbers) == 2
    assert all(number.startswith("L37011220261101") for number in numbers)


def test_ten_villages_that_do_not_see_each_other_lend_ten_numbers(
    county: Actor, villages: list[str], monkeypatch: pytest.MonkeyPatch
):
    from yangguang.families.registry.actions import numbering

    # All begin at one place, as if their hashes had met.
    original = numbering._candidates
    monkeypatch.setattr(
        numbering, "_candidates",
        lambda entry, area, born, salt=0: original(entry, "370112000000", born, salt),
    )  # fmt: skip
    newborn = member("赵宝", Relation.CHILD, born=date(2026, 11, 1), number="")
    for village in villages:
        clerk = actor_at(village)
        enter(clerk)
        HouseholdFactory(area_code=village, by=clerk, members=(member(), newborn))
    enter(county)
    assert Person.objects.filter(number_kind="temporary").count() == len(villages)


def test_a_roster_brings_its_own_number_once(county: Actor, village: str):
    HouseholdFactory(area_code=village, by=county, number="董家-7")
    with pytest.raises(HouseholdNumberTaken, match="其他家庭"):
        HouseholdFactory(area_code=village, by=county, number="董家-7")


@pytest.mark.slow
@pytest.mark.requirement(5)
def test_many_households_go_in_at_once_with_one_line(county: Actor, village: str, now):
    entries = [
        HouseholdEntryFactory(couple_with_child=True, with_card=True, area_code=village)
        for _ in range(300)
    ]
    keys = register_households(entries, by=county, at=now)
    assert len(set(keys)) == 300
    assert Person.objects.count() == 900
    assert Mark.objects.count() == 300
    assert Record.objects.count() == 1
    page = household_page(keys[-1], ON)
    assert [one.name for one in page.members] == ["张建国", "李桂兰", "张小强"]
    assert page.facts_version == 1


def test_one_wrong_family_keeps_all_out(county: Actor, village: str, now):
    known = member()
    HouseholdFactory(area_code=village, by=county, members=(known,))
    good = HouseholdEntryFactory(area_code=village)
    bad = HouseholdEntryFactory(area_code=village, members=(known,))
    with pytest.raises(AlreadyRegistered) as refusal:
        register_households([good, bad], by=county, at=now)
    assert refusal.value.place == 1
    assert Household.objects.count() == 1


def test_an_old_number_of_fifteen_digits_is_the_same_person(county: Actor, village: str, now):
    number = identity(date(1950, 1, 1), Sex.FEMALE)
    old = number[:6] + number[8:17]
    HouseholdFactory(
        area_code=village, by=county,
        members=(member(born=date(1950, 1, 1), number=number),),
    )  # fmt: skip
    again = HouseholdEntryFactory(
        area_code=village, members=(member(born=date(1950, 1, 1), number=old),)
    )
    with pytest.raises(AlreadyRegistered):
        register_household(again, by=county, at=now)

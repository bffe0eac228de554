"""Corrections, members, splits, merges, moves: each verb on a real family."""

from datetime import UTC, date, datetime

import pytest

from tests.factories.registry import STAMP, HouseholdFactory, identity, member, person_facts
from tests.families.registry.conftest import actor_at
from yangguang.families.registry.actions.facts import (
    correct_household,
    correct_household_facts,
    correct_person,
    correct_person_facts,
    record_asset,
    record_shock,
    record_supporter,
    remove_record,
)
from yangguang.families.registry.actions.households import (
    change_head,
    close_household,
    merge_households,
    move_household,
    split_household,
)
from yangguang.families.registry.actions.members import (
    add_member,
    correct_membership,
    end_membership,
    readmit_member,
)
from yangguang.families.registry.actions.recognition import (
    end_recognition,
    recognise,
    replace_temporary_number,
    set_account,
)
from yangguang.families.registry.models import Household, Membership, Person
from yangguang.families.registry.queries.page import household_page, members
from yangguang.families.registry.queries.views import MemberView
from yangguang.families.registry.rules import entries
from yangguang.families.registry.rules.refusals import (
    ChangedMeanwhile,
    InvalidChange,
    InvalidEntry,
    NewHeadNeeded,
    NumberTaken,
    OutsideScope,
)
from yangguang.families.registry.types import (
    AssetKind,
    Category,
    Illness,
    IncomeClass,
    MembershipEnd,
    MembershipStart,
    RegisterType,
    Relation,
    Sex,
    ShockKind,
)
from yangguang.foundation.audit.models import Record
from yangguang.foundation.walls.context import Actor, enter

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(87)]
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
ON = date(2026, 11, 24)


@pytest.fixture
def family(county: Actor, village: str) -> Household:
    """Give 张建国, his wife 李桂兰 and their son 张小强."""
    return HouseholdFactory(
        couple_with_child=True, with_card=True, on_dibao=True, area_code=village, by=county
    )


@pytest.fixture
def act(county: Actor) -> dict[str, object]:
    """Give who acts and when."""
    return {"by": county, "at": NOW}


def person(household: Household, name: str) -> int:
    return Membership.objects.get(household=household, person__name=name).person_id


def relations(household_id: int) -> dict[str, str]:
    return {one.name: one.relation for one in members(household_id, ON)}


def the(page_members: tuple[MemberView, ...], name: str) -> MemberView:
    return next(one for one in page_members if one.name == name)


def test_a_second_clerk_does_not_overwrite_the_first(family, act):
    seen = household_page(family.pk, ON).facts_version
    income = entries.IncomeEntry(stamp=STAMP, kind=IncomeClass.WAGES, declared_fen=1)
    correct_household_facts(family.pk, incomes=[income], expected_version=seen, **act)
    with pytest.raises(ChangedMeanwhile, match="已被他人更正"):
        correct_household_facts(family.pk, incomes=[], expected_version=seen, **act)
    assert household_page(family.pk, ON).income_fen == 1


@pytest.mark.parametrize("field", ["name", "facts", "household"])
def test_each_correction_raises_the_version_by_one(family, act, field: str):
    head, version = family.head_id, family.facts_version
    if field == "name":
        correct_person(head, name="张建军", ethnic="回族", **act)
    elif field == "facts":
        correct_person_facts(head, facts=person_facts(illness=Illness.SEVERE), **act)
    else:
        correct_household(family.pk, register_type=RegisterType.URBAN, address="解放路1号", **act)
    assert Household.objects.get(pk=family.pk).facts_version == version + 1


def test_a_corrected_name_is_found_by_its_new_pinyin(family, act):
    correct_person(family.head_id, name="曾建军", ethnic="汉族", **act)
    assert Person.objects.get(pk=family.head_id).pinyin == "zengjianjun"


def test_a_group_that_is_not_given_stays(family, act):
    correct_household_facts(family.pk, spendings=[], **act)
    page = household_page(family.pk, ON)
    assert page.spendings == ()
    assert len(page.incomes) == 1
    assert page.dwelling is not None


def test_a_class_of_income_twice_is_refused(family, act):
    income = entries.IncomeEntry(stamp=STAMP, kind=IncomeClass.WAGES, declared_fen=1)
    with pytest.raises(InvalidEntry, match="工资性收入填了两次"):
        correct_household_facts(family.pk, incomes=[income, income], **act)


def test_the_disease_is_sealed_and_shown_on_the_file_alone(family, act):
    facts = person_facts(illness=Illness.SEVERE, disease="尿毒症")
    correct_person_facts(family.head_id, facts=facts, **act)
    head = the(members(family.pk, ON), "张建国")
    assert head.facts.disease == "尿毒症"
    assert head.troubles == ("重病",)


def test_events_assets_and_supporters_are_added_and_taken_out_with_a_reason(family, act):
    shock = entries.ShockEntry(
        stamp=STAMP, kind=ShockKind.ACCIDENT, on=date(2026, 10, 1), loss_fen=5
    )
    record_shock(family.pk, shock=shock, **act)
    asset = entries.AssetEntry(
        stamp=STAMP, kind=AssetKind.VEHICLE, value_fen=7, owner_id=family.head_id,
        detail={"车牌": "鲁A00000"},
    )  # fmt: skip
    record_asset(family.pk, asset=asset, **act)
    helper = entries.SupporterEntry(
        stamp=STAMP, name="张建华", relation="弟", number=identity(date(1985, 1, 1))
    )
    record_supporter(family.pk, supporter=helper, **act)
    page = household_page(family.pk, ON)
    assert (page.shocks[0].loss_fen, page.assets[0].owner_name) == (5, "张建国")
    assert page.supporters[0].name_masked == "张*华"
    with pytest.raises(InvalidChange, match="理由"):
        remove_record(family.pk, kind="asset", key=page.assets[0].id, reason=" ", **act)
    remove_record(family.pk, kind="asset", key=page.assets[0].id, reason="误录", **act)
    assert household_page(family.pk, ON).assets == ()


def test_an_event_of_tomorrow_is_refused(family, act):
    shock = entries.ShockEntry(stamp=STAMP, kind=ShockKind.OTHER, on=date(2026, 11, 25), loss_fen=5)
    with pytest.raises(InvalidChange, match="还没有到"):
        record_shock(family.pk, shock=shock, **act)


def test_a_child_is_born_without_a_number(family, act):
    baby = member("张宝", Relation.CHILD, born=date(2026, 11, 20), number="")
    add_member(family.pk, member=baby, how=MembershipStart.BIRTH, on=ON, **act)
    born = the(members(family.pk, ON), "张宝")
    assert born.is_temporary
    assert born.number_masked.startswith("L370112")
    assert (born.age, born.start_reason) == (0, "birth")


def test_a_second_head_is_not_added(family, act):
    with pytest.raises(InvalidChange):
        add_member(family.pk, member=member("王五"), how=MembershipStart.MARRIAGE, on=ON, **act)


def test_a_death_ends_the_membership_and_is_kept_on_the_person(family, act):
    wife = person(family, "李桂兰")
    end_membership(family.pk, person_id=wife, how=MembershipEnd.DEATH, on=ON, **act)
    page = household_page(family.pk, ON)
    gone = the(page.former_members, "李桂兰")
    assert (gone.died, gone.ended, gone.end_reason) == (ON, ON, "death")
    assert page.counted == 2


def test_the_head_does_not_die_without_a_successor(family, act):
    with pytest.raises(NewHeadNeeded):
        end_membership(family.pk, person_id=family.head_id, how=MembershipEnd.DEATH, on=ON, **act)
    wife = person(family, "李桂兰")
    end_membership(
        family.pk, person_id=family.head_id, how=MembershipEnd.DEATH, on=ON, new_head=wife, **act
    )
    assert relations(family.pk) == {"李桂兰": "head", "张小强": "child"}
    assert Household.objects.get(pk=family.pk).head_id == wife


def test_the_last_one_to_die_closes_the_household(county, village, act):
    alone = HouseholdFactory(elder_alone=True, on_dibao=True, area_code=village, by=county)
    end_membership(alone.pk, person_id=alone.head_id, how=MembershipEnd.DEATH, on=ON, **act)
    page = household_page(alone.pk, ON)
    assert (page.closed, page.members) == (ON, ())
    assert page.recognitions[0].ended == ON
    with pytest.raises(InvalidChange, match="退出登记"):
        correct_household_facts(alone.pk, incomes=[], **act)


def test_who_was_released_comes_back_to_the_family(family, act):
    wife = person(family, "李桂兰")
    end_membership(family.pk, person_id=wife, how=MembershipEnd.IMPRISONED, on=ON, **act)
    assert "李桂兰" not in relations(family.pk)
    readmit_member(
        family.pk, person_id=wife, relation=Relation.SPOUSE, how=MembershipStart.MOVED_IN,
        on=ON, **act,
    )  # fmt: skip
    assert relations(family.pk)["李桂兰"] == "spouse"


def test_a_member_may_be_listed_without_being_counted(family, act):
    wife = person(family, "李桂兰")
    correct_membership(
        family.pk, person_id=wife, relation=Relation.SPOUSE, is_counted=False,
        is_protected=False, reason="服刑", **act,
    )  # fmt: skip
    page = household_page(family.pk, ON)
    assert (len(page.members), page.counted) == (3, 2)


def test_a_split_makes_a_household_with_a_head_of_its_own(family, act):
    wife, son = person(family, "李桂兰"), person(family, "张小强")
    new = split_household(
        family.pk, leaving={wife: Relation.HEAD, son: Relation.CHILD}, head_of_new=wife, on=ON,
        **act,
    )  # fmt: skip
    assert relations(new.pk) == {"李桂兰": "head", "张小强": "child"}
    assert relations(family.pk) == {"张建国": "head"}
    assert household_page(new.pk, ON).changes[0].other_id == family.pk
    assert household_page(new.pk, ON).dwelling is None


def test_a_head_who_splits_off_leaves_a_successor(family, act):
    with pytest.raises(NewHeadNeeded):
        split_household(
            family.pk, leaving={family.head_id: Relation.HEAD}, head_of_new=family.head_id,
            on=ON, **act,
        )  # fmt: skip


def test_merged_households_become_one_and_the_other_closes(family, county, village, act):
    other = HouseholdFactory(elder_alone=True, area_code=village, by=county)
    merge_households(
        family.pk, other_id=other.pk, relations={other.head_id: Relation.PARENT}, on=ON, **act
    )
    assert relations(family.pk)["曾玉珍"] == "parent"
    page = household_page(other.pk, ON)
    assert (page.closed, page.members) == (ON, ())
    assert page.former_members[0].end_reason == "merged_out"


def test_a_new_head_turns_all_relations(family, act):
    change_head(family.pk, new_head=person(family, "张小强"), on=ON, **act)
    assert relations(family.pk) == {"张小强": "head", "张建国": "parent", "李桂兰": "parent"}


def test_a_move_takes_every_row_along(family, act, villages):
    number = family.number
    move_household(
        family.pk, area_code=villages[2], address="新村3号", on=ON, register_stays=True, **act
    )
    enter(actor_at(villages[0]))
    assert not Household.objects.exists()
    assert not Person.objects.exists()
    assert not Membership.objects.exists()
    enter(actor_at(villages[2]))
    page = household_page(family.pk, ON)
    assert (page.number, page.area_code) == (number, villages[2])
    assert page.register_area_code == villages[0]
    assert len(page.members) == 3
    assert all(one.facts for one in page.members)
    assert page.dwelling
    assert page.circumstances
    assert page.account
    assert page.incomes
    assert page.recognitions


def test_a_move_out_of_the_scope_is_refused(family, villages):
    clerk = actor_at(villages[0])
    enter(clerk)
    with pytest.raises(OutsideScope):
        move_household(family.pk, area_code=villages[2], address="", on=ON, by=clerk, at=NOW)


def test_a_household_closes_with_a_reason_and_its_people_are_free(family, act, county, village):
    with pytest.raises(InvalidChange, match="理由"):
        close_household(family.pk, reason="", on=ON, **act)
    close_household(family.pk, reason="收入超标", on=ON, **act)
    page = household_page(family.pk, ON)
    assert (page.closed, page.account) == (ON, None)
    other = HouseholdFactory(area_code=village, by=county)
    readmit_member(
        other.pk, person_id=page.former_members[0].person_id, relation=Relation.OTHER,
        how=MembershipStart.MOVED_IN, on=ON, **act,
    )  # fmt: skip
    assert len(members(other.pk, ON)) == 2


def test_a_category_is_in_force_once_and_ends_with_a_reason(family, act):
    again = entries.RecognitionEntry(category=Category.DIBAO, started=ON)
    with pytest.raises(InvalidChange, match="已在享"):
        recognise(family.pk, recognition=again, **act)
    end_recognition(family.pk, category=Category.DIBAO, on=ON, reason="收入超标", **act)
    recognise(family.pk, recognition=again, **act)
    assert [one.ended for one in household_page(family.pk, ON).recognitions] == [None, ON]


def test_a_new_card_replaces_the_old_one(family, act):
    wife = person(family, "李桂兰")
    set_account(
        family.pk, holder_id=wife, bank="济南农商银行", card="6223 1900 0000 9999", on=ON, **act
    )
    account = household_page(family.pk, ON).account
    assert (account.holder_name, account.card_masked[-5:]) == ("李桂兰", "*9999")
    with pytest.raises(InvalidChange, match="持卡人"):
        set_account(family.pk, holder_id=-1, bank="", card="62231900", on=ON, **act)


def test_a_temporary_number_gives_way_to_the_real_one(family, act):
    baby = member("张宝", Relation.CHILD, born=date(2026, 11, 20), number="")
    added = add_member(family.pk, member=baby, how=MembershipStart.BIRTH, on=ON, **act)
    real = identity(date(2026, 11, 20), Sex.FEMALE)
    replace_temporary_number(added.person_id, number=real, **act)
    born = the(members(family.pk, ON), "张宝")
    assert (born.is_temporary, born.number_masked) == (False, real[:6] + "*" * 11 + real[-1])
    with pytest.raises(InvalidChange, match="临时编号"):
        replace_temporary_number(added.person_id, number=real, **act)


def test_a_real_number_of_somebody_else_shows_both_side_by_side(family, county, village, act):
    real = identity(date(1950, 1, 1), Sex.FEMALE)
    other = HouseholdFactory(
        area_code=village, by=county,
        members=(member("刘玉珍", born=date(1950, 1, 1), number=real),),
    )  # fmt: skip
    guest = member("刘玉珍", Relation.OTHER, born=date(1950, 1, 1), number="")
    added = add_member(family.pk, member=guest, how=MembershipStart.MOVED_IN, on=ON, **act)
    with pytest.raises(NumberTaken, match="并列核对") as refusal:
        replace_temporary_number(added.person_id, number=real, **act)
    assert refusal.value.mine.household_id == family.pk
    assert refusal.value.other.household_id == other.pk


def test_every_verb_leaves_a_line_under_the_household(family, act):
    correct_household_facts(family.pk, incomes=[], reason="入户核实", **act)
    change_head(family.pk, new_head=person(family, "李桂兰"), on=ON, **act)
    verbs = Record.objects.filter(object_key=str(family.pk)).order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == [
        "registry.register_household",
        "registry.correct_household_facts",
        "registry.change_head",
    ]

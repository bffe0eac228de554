"""Texts of the e-file: a name is a name, a phone a phone, nothing too long for its column."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from tests.factories.registry import HouseholdEntryFactory, HouseholdFactory, member
from yangguang.families.registry import models
from yangguang.families.registry.actions.facts import correct_household, correct_person
from yangguang.families.registry.actions.households import close_household, move_household
from yangguang.families.registry.actions.register import register_household
from yangguang.families.registry.rules.refusals import InvalidEntry
from yangguang.families.registry.rules.texts import LONGEST, is_name, is_phone, is_plain
from yangguang.families.registry.types import RegisterType
from yangguang.foundation.walls.context import Actor

COLUMNS = {
    "name": [models.Person, models.Supporter],
    "ethnic": [models.Person],
    "relation": [models.Supporter],
    "area_of_living": [models.Supporter],
    "school": [models.PersonFacts],
    "employer": [models.PersonFacts],
    "special": [models.PersonFacts],
    "address": [models.Household],
    "register_address": [models.Household],
    "group_name": [models.Household],
    "bank": [models.BankAccount],
    "finish": [models.Dwelling],
    "livestock": [models.Circumstances],
    "farm_machines": [models.Circumstances],
    "note": [models.Circumstances],
    "detail": [models.Shock],
    "document_number": [models.Recognition],
    "caption": [models.Photo],
}


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "买买提·吐尔逊",
        "𠮷小强",
        "𰻞面",
        "\U00031350玉兰",
        "李〇",
        "Anna Petrowa",
        "ئەخمەت",
        "O’Neill",
    ],
)
def test_letters_of_any_script_are_a_name(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "🙂",
        "张三🙂",
        "张|三",
        "张3",
        "张３",
        "张\x07三",
        "·张",
        " 张三",
        "张三 ",
        "张\n三",
        "？",
    ],
)
def test_pictures_digits_and_signs_are_no_name(name: str) -> None:
    assert not is_name(name)


@pytest.mark.parametrize(
    ("text", "ok"),
    [
        ("13805317788", True), ("0531-88881234", True), ("053188881234", True),
        ("0531-88881234-801", True), ("01012345678", False), ("010-62345678", True),
        ("abc", False), ("88881234", False), ("1380531778", False), ("138053177888", False),
        ("１３８０５３１７７８８", False),
    ],
)  # fmt: skip
def test_a_phone_is_a_mobile_or_a_land_line_with_its_area_code(text: str, ok: bool) -> None:
    assert is_phone(text) is ok


def test_a_bank_has_no_sign_of_a_payment_file() -> None:
    assert is_plain("农商行仲宫支行（南）")
    assert not is_plain("农商行|1")
    assert not is_plain("农商行\x07")


@pytest.mark.parametrize("key", COLUMNS)
def test_the_longest_text_is_what_its_column_holds(key: str) -> None:
    assert {model._meta.get_field(key).max_length for model in COLUMNS[key]} == {LONGEST[key][1]}


def test_every_limit_is_held_against_a_column_and_the_reason_against_two() -> None:
    assert set(LONGEST) == {*COLUMNS, "reason"}
    kept = (models.HouseholdChange, "detail"), (models.Recognition, "end_reason")
    assert {model._meta.get_field(name).max_length for model, name in kept} == {
        LONGEST["reason"][1]
    }


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["address", "group_name", "register_address", "phone"])
def test_a_household_with_a_text_that_cannot_stand_is_refused(
    county: Actor, village: str, key: str
) -> None:
    entry = replace(HouseholdEntryFactory(area_code=village), **{key: "长" * 201})
    with pytest.raises(InvalidEntry):
        register_household(entry, by=county, at=timezone.now())


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["🙂", "张|三", "张\x07", "长" * 61])
def test_nobody_is_registered_or_renamed_by_what_is_no_name(
    county: Actor, village: str, name: str
) -> None:
    entry = HouseholdEntryFactory(area_code=village, members=(member(name),))
    with pytest.raises(InvalidEntry):
        register_household(entry, by=county, at=timezone.now())
    known = HouseholdFactory(area_code=village, by=county)
    with pytest.raises(InvalidEntry):
        correct_person(known.head_id, name=name, ethnic="汉族", by=county, at=timezone.now())


@pytest.mark.django_db
def test_a_change_with_a_text_that_is_too_long_is_refused(
    county: Actor, villages: list[str]
) -> None:
    known = HouseholdFactory(area_code=villages[0], by=county)
    now, today = timezone.now(), date(2026, 11, 24)
    with pytest.raises(InvalidEntry, match="最多200个"):
        close_household(known.pk, reason="长" * 201, on=today, by=county, at=now)
    with pytest.raises(InvalidEntry, match="居住地址"):
        move_household(
            known.pk, area_code=villages[1], address="长" * 201, on=today, by=county, at=now
        )
    with pytest.raises(InvalidEntry, match="联系电话"):
        correct_household(known.pk, register_type=RegisterType.RURAL, address="", phone="abc",
                          by=county, at=now)  # fmt: skip

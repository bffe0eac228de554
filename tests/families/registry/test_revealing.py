"""A masked value is shown whole for a reason, to who may see it, and leaves row and record."""

from datetime import UTC, date, datetime

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.factories.registry import HouseholdFactory, member
from yangguang.families.registry.actions.households import move_household
from yangguang.families.registry.actions.revealing import reveal
from yangguang.families.registry.models import Household, Reveal
from yangguang.families.registry.rules.refusals import InvalidChange, NotFound
from yangguang.families.registry.types import Illness, Purpose, Secret
from yangguang.foundation.accounts.rules.roles import ROLES, NotPermitted, Permission, permits
from yangguang.foundation.audit.actions import digest
from yangguang.foundation.audit.models import Record
from yangguang.foundation.walls.context import Actor, enter

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
def reviewer(county: Actor) -> Actor:
    return Actor(id=7, name="周岚", role="township_reviewer", scope=county.scope)


@pytest.fixture
def family(county: Actor, village: str) -> Household:
    head = member("张建国", born=date(1960, 1, 1), illness=Illness.SEVERE, disease="尿毒症")
    return HouseholdFactory(members=(head,), with_card=True, area_code=village, by=county)


def ask(family: Household, secret: Secret, by: Actor, words: str = "入户核对证件") -> str:
    person = family.head_id if secret in (Secret.NUMBER, Secret.DISEASE) else None
    return reveal(
        family.pk, secret=secret, person_id=person, purpose=Purpose.VERIFY, words=words, by=by,
        at=NOW,
    )  # fmt: skip


def test_each_of_the_four_is_shown_whole_to_a_reviewer(family: Household, reviewer: Actor) -> None:
    shown = [ask(family, secret, reviewer) for secret in Secret]
    assert shown[0][6:14] == "19600101"
    assert shown[1:] == ["6223190000000000012", "13805310000", "尿毒症"]


def test_a_row_and_a_record_tell_who_saw_what_and_why_but_not_the_value(
    family: Household, reviewer: Actor
) -> None:
    value = ask(family, Secret.NUMBER, reviewer)
    (row,) = Reveal.objects.all()
    assert (row.reader_name, row.reader_role, row.person_id) == (
        "周岚", "township_reviewer", family.head_id,
    )  # fmt: skip
    record = Record.objects.get(verb="registry.reveal")
    assert record.object_key == str(family.pk)
    assert record.reason == "证件号码；核对身份；入户核对证件"
    assert bytes(record.digest) == digest(
        {"secret": Secret.NUMBER, "person": family.head_id, "purpose": Purpose.VERIFY}
    )
    kept = {**vars(row), **vars(record)}
    assert not any(value in str(one) for one in kept.values())


@pytest.mark.parametrize("words", ["", "   ", "看看", "核对证件370112196001010013"])
def test_a_reason_that_says_nothing_or_holds_a_number_is_refused(
    family: Household, reviewer: Actor, words: str
) -> None:
    with pytest.raises(InvalidChange):
        ask(family, Secret.PHONE, reviewer, words)
    assert not Reveal.objects.exists()
    assert not Record.objects.filter(verb="registry.reveal").exists()


def test_a_clerk_sees_the_phone_and_nothing_else(family: Household, county: Actor) -> None:
    assert ask(family, Secret.PHONE, county) == "13805310000"
    for secret in (Secret.NUMBER, Secret.CARD, Secret.DISEASE):
        with pytest.raises(NotPermitted):
            ask(family, secret, county)


def test_who_may_see_whole_numbers_may_see_phones_and_works_on_families() -> None:
    whole = {code for code in ROLES if permits(code, Permission.REVEAL_PERSONAL)}
    assert whole == {"township_reviewer", "county_planner", "county_approver"}
    phones = {code for code in ROLES if permits(code, Permission.REVEAL_PHONE)}
    assert phones == whole | {"village_clerk"}


def test_somebody_else_s_member_and_a_value_that_is_not_there_are_not_found(
    family: Household, reviewer: Actor, county: Actor, village: str
) -> None:
    other = HouseholdFactory(area_code=village, by=county, phone="")
    with pytest.raises(NotFound, match="成员"):
        reveal(other.pk, secret=Secret.NUMBER, person_id=family.head_id, purpose=Purpose.VERIFY,
               words="入户核对证件", by=reviewer, at=NOW)  # fmt: skip
    for secret in (Secret.CARD, Secret.PHONE, Secret.DISEASE):
        with pytest.raises(NotFound, match="没有登记"):
            ask(other, secret, reviewer)


def test_a_reveal_lies_behind_the_wall_moves_with_the_family_and_is_not_changed(
    family: Household, reviewer: Actor, county: Actor, villages: list[str]
) -> None:
    ask(family, Secret.PHONE, reviewer)
    move_household(family.pk, area_code=villages[2], address="新村1号", on=date(2026, 11, 24),
                   reason="搬迁", by=county, at=NOW)  # fmt: skip
    assert Reveal.objects.get().area_code == villages[2]
    for statement in ("UPDATE registry_reveal SET words = 'x'", "DELETE FROM registry_reveal"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    enter(Actor(id=1, name="他人", role="township_reviewer", scope="370102"))
    assert not Reveal.objects.exists()

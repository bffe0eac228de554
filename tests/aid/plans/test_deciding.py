"""Submitting, approving under four eyes, returning: the promise is made once, to whom it is due."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.aid.paying import (
    ANOTHER,
    APPROVER,
    AT,
    COUNTY,
    HUNDRED,
    ITEM,
    ON,
    PLANNER,
    REVIEWER,
    approved,
    drawn,
    families,
    villages,
)
from yangguang.aid.ledger.models import Entry
from yangguang.aid.plans.actions import (
    add_family,
    approve,
    cancel,
    draw_plan,
    redraw,
    remove_family,
    return_plan,
    submit,
)
from yangguang.aid.plans.rules import (
    EmptyList,
    FamiliesChanged,
    NotInArea,
    ReasonMissing,
    SamePerson,
    StatusUnfit,
)
from yangguang.aid.plans.types import PlanStatus
from yangguang.families.registry.models import Household, Mark
from yangguang.foundation.accounts.rules.roles import NotPermitted
from yangguang.foundation.audit.models import Record
from yangguang.foundation.walls.context import Actor, enter

pytestmark = [pytest.mark.usefixtures("county"), pytest.mark.slow]


@pytest.mark.requirement(55)
def test_an_approval_promises_each_family_its_amount_and_marks_it_for_the_index() -> None:
    made = families(4)
    Mark.objects.all().delete()
    plan = approved(25_000)
    entries = Entry.objects.order_by("household_id")
    assert [(e.household_id, e.promised_fen, e.reference) for e in entries] == [
        (made[0].pk, 10_000, f"{plan.number}/JT000001"),
        (made[1].pk, 10_000, f"{plan.number}/JT000002"),
    ]
    assert {(e.type, e.kind, e.payer) for e in entries} == {("living", "cash", "市民政局")}
    assert all(e.is_discretionary and e.is_counted and not e.is_continuing for e in entries)
    marked = set(Mark.objects.values_list("household_id", flat=True))
    assert marked == {made[0].pk, made[1].pk}


@pytest.mark.requirement(49)
def test_four_eyes_hold_in_the_program_and_in_the_database() -> None:
    families(1)
    plan = submit(drawn(10_000).pk, by=PLANNER, at=AT)
    himself = Actor(PLANNER.id, PLANNER.name, APPROVER.role, PLANNER.scope)
    with pytest.raises(SamePerson):
        approve(plan.pk, by=himself, at=AT)
    with (
        pytest.raises(IntegrityError, match="plan_four_eyes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            """UPDATE plans_plan SET status = 'approved', approved_at = now(), approved_by = %s
            WHERE id = %s""",
            [PLANNER.id, plan.pk],
        )


def test_whoever_changed_one_line_does_not_approve_in_program_or_database() -> None:
    families(2)
    plan = drawn(20_000)
    both = Actor(APPROVER.id, APPROVER.name, PLANNER.role, PLANNER.scope)
    remove_family(plan.pk, household_number="JT000001", reason="就业", by=both, at=AT)
    submit(plan.pk, by=PLANNER, at=AT)
    with pytest.raises(SamePerson):
        approve(plan.pk, by=APPROVER, at=AT)
    with (
        pytest.raises(IntegrityError, match="plan_four_eyes_hands"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            """UPDATE plans_plan SET status = 'approved', approved_at = now(), approved_by = %s
            WHERE id = %s""",
            [APPROVER.id, plan.pk],
        )
    assert approve(plan.pk, by=ANOTHER, at=AT).status == PlanStatus.APPROVED


@pytest.mark.requirement(49)
def test_a_hand_in_the_list_is_not_washed_off_by_another_s_redrawing() -> None:
    families(2)
    both = Actor(APPROVER.id, APPROVER.name, PLANNER.role, PLANNER.scope)
    plan = drawn(20_000)
    remove_family(plan.pk, household_number="JT000002", reason="就业", by=both, at=AT)
    add_family(plan.pk, household_number="JT000002", reason="核对有误", by=PLANNER, at=AT)
    redraw(plan.pk, by=PLANNER, at=AT)
    with (
        pytest.raises(IntegrityError, match="never forgotten"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE plans_plan SET touched_by = %s WHERE id = %s", [[PLANNER.id], plan.pk]
        )
    submit(plan.pk, by=PLANNER, at=AT)
    with pytest.raises(SamePerson):
        approve(plan.pk, by=APPROVER, at=AT)
    assert approve(plan.pk, by=ANOTHER, at=AT).status == PlanStatus.APPROVED


def test_whoever_drew_it_first_does_not_approve_what_another_drew_anew() -> None:
    families(1)
    both = Actor(APPROVER.id, APPROVER.name, PLANNER.role, PLANNER.scope)
    plan = draw_plan(
        ITEM, area_code=COUNTY, type=None, amount=HUNDRED, budget_fen=10_000, title="x",
        by=both, at=AT,
    )  # fmt: skip
    redraw(plan.pk, by=PLANNER, at=AT)
    submit(plan.pk, by=PLANNER, at=AT)
    with pytest.raises(SamePerson):
        approve(plan.pk, by=APPROVER, at=AT)


def test_a_draft_is_not_approved() -> None:
    families(1)
    plan = drawn(10_000)
    with pytest.raises(StatusUnfit, match="草稿"):
        approve(plan.pk, by=APPROVER, at=AT)


def test_roles_decide_who_may() -> None:
    families(1)
    plan = drawn(10_000)
    for verb in (submit, redraw):
        with pytest.raises(NotPermitted):
            verb(plan.pk, by=REVIEWER, at=AT)
    submit(plan.pk, by=PLANNER, at=AT)
    with pytest.raises(NotPermitted):
        approve(plan.pk, by=PLANNER, at=AT)
    with pytest.raises(NotPermitted):
        return_plan(plan.pk, reason="x", by=PLANNER, at=AT)


def test_another_county_sees_no_plan() -> None:
    families(1)
    plan = submit(drawn(10_000).pk, by=PLANNER, at=AT)
    elsewhere = Actor(9010, "外区", APPROVER.role, "370102")
    enter(elsewhere)
    with pytest.raises(NotInArea):
        approve(plan.pk, by=elsewhere, at=AT)


def test_each_verb_done_twice_is_done_once() -> None:
    families(2)
    plan = drawn(20_000)
    for _ in range(2):
        submit(plan.pk, by=PLANNER, at=AT)
    for _ in range(2):
        return_plan(plan.pk, reason="名单有误", by=APPROVER, at=AT)
    submit(plan.pk, by=PLANNER, at=AT)
    for _ in range(2):
        approve(plan.pk, by=APPROVER, at=AT)
    assert Entry.objects.count() == 2
    verbs = Record.objects.filter(object_key=plan.number).order_by("id")
    assert [row.verb.removeprefix("plans.") for row in verbs if row.object_kind == "plan"] == [
        "draw_plan",
        "submit",
        "return_plan",
        "submit",
        "approve",
    ]


def test_a_second_approver_comes_too_late() -> None:
    families(1)
    plan = approved(10_000)
    with pytest.raises(StatusUnfit, match="已审批"):
        approve(plan.pk, by=ANOTHER, at=AT)


def test_a_returned_plan_is_redrawn_and_submitted_again() -> None:
    families(3)
    plan = submit(drawn(20_000).pk, by=PLANNER, at=AT)
    with pytest.raises(ReasonMissing):
        return_plan(plan.pk, reason="", by=APPROVER, at=AT)
    plan = return_plan(plan.pk, reason="先核对第一户", by=APPROVER, at=AT)
    assert (plan.status, plan.returned_reason) == (PlanStatus.RETURNED, "先核对第一户")
    redraw(plan.pk, by=PLANNER, at=AT)
    plan = submit(plan.pk, by=PLANNER, at=AT)
    assert (plan.status, plan.returned_reason) == (PlanStatus.SUBMITTED, "")


def test_a_cancelled_plan_promises_nothing_and_stays() -> None:
    families(1)
    plan = drawn(10_000)
    cancel(plan.pk, reason="改为实物", by=PLANNER, at=AT)
    assert cancel(plan.pk, reason="改为实物", by=PLANNER, at=AT).status == PlanStatus.CANCELLED
    with pytest.raises(StatusUnfit):
        submit(plan.pk, by=PLANNER, at=AT)
    assert not Entry.objects.exists()


def test_an_empty_list_is_not_submitted() -> None:
    families(1)
    with pytest.raises(EmptyList):
        submit(drawn(9_999).pk, by=PLANNER, at=AT)


def test_a_family_that_left_or_moved_since_the_drawing_is_reported_and_nothing_is_promised() -> (
    None
):
    families(3)
    plan = submit(drawn(30_000).pk, by=PLANNER, at=AT)
    Household.objects.filter(number="JT000001").update(closed_date=ON)
    city = Actor(9011, "市", "system", "3701")
    enter(city)
    Household.objects.filter(number="JT000002").update(area_id=villages("370102", 1)[0])
    enter(APPROVER)
    with pytest.raises(FamiliesChanged, match=r"JT000001：已退出登记；户编号JT000002：已迁出"):
        approve(plan.pk, by=APPROVER, at=AT)
    assert not Entry.objects.exists()


@pytest.mark.requirement(56)
def test_a_family_helped_by_another_plan_meanwhile_is_reported_not_paid_twice() -> None:
    families(2)
    first, second = drawn(20_000, title="甲"), drawn(20_000, title="乙")
    for plan in (first, second):
        submit(plan.pk, by=PLANNER, at=AT)
    approve(first.pk, by=APPROVER, at=AT)
    with pytest.raises(FamiliesChanged) as caught:
        approve(second.pk, by=APPROVER, at=AT)
    assert [number for number, _ in caught.value.changes] == ["JT000001", "JT000002"]
    assert Entry.objects.count() == 2


def test_a_family_put_in_knowingly_though_helped_is_promised() -> None:
    families(2)
    approved(10_000)
    plan = drawn(20_000, title="第二批")
    add_family(plan.pk, household_number="JT000001", reason="再次受灾", by=PLANNER, at=AT)
    submit(plan.pk, by=PLANNER, at=AT)
    approve(plan.pk, by=APPROVER, at=AT)
    assert Entry.objects.filter(household__number="JT000001").count() == 2

"""Changing a list by hand: with a reason, within the budget, never after it is submitted."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.aid.paying import AT, COUNTY, HUNDRED, PLANNER, approved, drawn, families
from yangguang.aid.plans.actions import add_family, draw_plan, remove_family, submit
from yangguang.aid.plans.models import Plan
from yangguang.aid.plans.rules import (
    Amount,
    AmountUnfit,
    NotInArea,
    OverBudget,
    ReasonMissing,
    StatusUnfit,
)
from yangguang.aid.plans.types import AmountRule, Exclusion, LineOrigin
from yangguang.foundation.audit.models import Record
from yangguang.foundation.catalogue.types import AidType

pytestmark = [pytest.mark.usefixtures("county"), pytest.mark.slow]


def refused(statement: str, *given: object) -> str:
    """Run raw SQL that must fail, and give the database's words."""
    with (
        pytest.raises(IntegrityError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, given)
    return str(caught.value)


def test_a_family_is_put_in_with_a_reason_and_the_sums_follow() -> None:
    families(60)
    plan = drawn(35_000)
    line = add_family(
        plan.pk, household_number="JT000059", reason="昨夜失火", amount_fen=5_000, by=PLANNER, at=AT
    )
    plan.refresh_from_db()
    assert (line.position, line.origin, line.reason) == (59, LineOrigin.ADDED, "昨夜失火")
    assert (plan.families_count, plan.total_fen) == (4, 35_000)


def test_the_reason_is_in_the_trail() -> None:
    families(3)
    plan = drawn(10_000)
    remove_family(plan.pk, household_number="JT000001", reason="户主已就业", by=PLANNER, at=AT)
    row = Record.objects.get(verb="plans.remove_family", object_key=plan.number)
    assert row.reason == "户主已就业"


def test_no_hand_change_without_a_reason() -> None:
    families(2)
    plan = drawn(10_000)
    for verb in (add_family, remove_family):
        with pytest.raises(ReasonMissing):
            verb(plan.pk, household_number="JT000001", reason=" ", by=PLANNER, at=AT)
    assert "hand_change_has_reason" in refused(
        "UPDATE plans_planline SET origin = 'added' WHERE plan_id = %s", plan.pk
    )


def test_a_family_put_in_beyond_the_budget_is_refused() -> None:
    families(3)
    plan = drawn(20_000)
    with pytest.raises(OverBudget, match=r"100\.00元"):
        add_family(plan.pk, household_number="JT000003", reason="失火", by=PLANNER, at=AT)
    assert "plan_within_budget" in refused(
        "UPDATE plans_plan SET total_fen = 20001 WHERE id = %s", plan.pk
    )


def test_both_verbs_done_twice_are_done_once() -> None:
    families(3)
    plan = drawn(20_000)
    for _ in range(2):
        remove_family(plan.pk, household_number="JT000001", reason="就业", by=PLANNER, at=AT)
    for _ in range(2):
        add_family(plan.pk, household_number="JT000003", reason="失火", by=PLANNER, at=AT)
    plan.refresh_from_db()
    assert (plan.families_count, plan.total_fen) == (2, 20_000)
    assert Record.objects.filter(object_key=plan.number).count() == 3


def test_a_family_without_spending_needs_an_amount() -> None:
    families(2, medical_fen=[100_000, 0])
    plan = draw_plan(
        "yb-medical-again",
        area_code=COUNTY,
        type=AidType.MEDICAL,
        amount=Amount(AmountRule.SHARE_OF_SPENDING, 500),
        budget_fen=100_000,
        title="",
        by=PLANNER,
        at=AT,
    )
    asked = {"household_number": "JT000002", "reason": "欠费", "by": PLANNER, "at": AT}
    with pytest.raises(AmountUnfit):
        add_family(plan.pk, **asked)
    assert add_family(plan.pk, amount_fen=1_000, **asked).is_included


def test_a_family_that_has_no_index_of_the_type_stands_behind_all() -> None:
    families(2, medical_fen=[100_000])
    families(1, start=50)
    plan = draw_plan(
        "yb-medical-again",
        area_code=COUNTY,
        type=AidType.MEDICAL,
        amount=HUNDRED,
        budget_fen=100_000,
        title="",
        by=PLANNER,
        at=AT,
    )
    line = add_family(plan.pk, household_number="JT000050", reason="新病", by=PLANNER, at=AT)
    assert (line.position, line.value, line.amount_fen) == (3, 0.0, 10_000)


def test_a_family_helped_lately_may_be_put_in_knowingly() -> None:
    families(2)
    approved(10_000)
    plan = drawn(20_000, title="第二批")
    line = add_family(plan.pk, household_number="JT000001", reason="再次受灾", by=PLANNER, at=AT)
    assert (line.is_included, line.exclusion) == (True, Exclusion.SAME_ITEM)


def test_unknown_families_are_refused() -> None:
    families(1)
    plan = drawn(10_000)
    for verb in (add_family, remove_family):
        with pytest.raises(NotInArea):
            verb(plan.pk, household_number="JT999999", reason="x", by=PLANNER, at=AT)


@pytest.mark.requirement(49)
def test_a_submitted_plan_is_locked_in_the_program_and_in_the_database() -> None:
    families(3)
    plan = submit(drawn(20_000).pk, by=PLANNER, at=AT)
    with pytest.raises(StatusUnfit, match="锁定"):
        remove_family(plan.pk, household_number="JT000001", reason="x", by=PLANNER, at=AT)
    for statement in (
        "UPDATE plans_planline SET amount_fen = amount_fen + 1 WHERE plan_id = %s",
        "UPDATE plans_planline SET is_included = true WHERE plan_id = %s",
        "UPDATE plans_planline SET reason = 'x' WHERE plan_id = %s",
        "DELETE FROM plans_planline WHERE plan_id = %s",
        """INSERT INTO plans_planline (plan_id, household_id, household_number, area_code, position,
             value, amount_fen, is_included, origin, exclusion, reason)
           SELECT plan_id, household_id + 1000000, '', area_code, 9, 9, 1, true, 'ranked', '', ''
           FROM plans_planline WHERE plan_id = %s LIMIT 1""",
        "UPDATE plans_plan SET budget_fen = budget_fen + 1 WHERE id = %s",
        "UPDATE plans_plan SET drawn_by = 1 WHERE id = %s",
        "DELETE FROM plans_plan WHERE id = %s",
    ):
        assert "locked" in refused(statement, plan.pk) or "never deleted" in refused(
            statement, plan.pk
        )


def test_an_approved_plan_never_changes_again() -> None:
    families(2)
    plan = approved(10_000)
    for change in ("status = 'draft', approved_by = NULL", "title = 'x'", "budget_fen = 1000000"):
        assert "locked" in refused(f"UPDATE plans_plan SET {change} WHERE id = %s", plan.pk)
    assert Plan.objects.get(pk=plan.pk).title == "冬季救助"

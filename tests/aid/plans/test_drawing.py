"""Drawing a plan, drawing it again, and seeing its line."""

import pytest

from tests.aid.paying import (
    APPROVER,
    AT,
    COUNTY,
    HOLIDAY,
    HUNDRED,
    ITEM,
    ON,
    PLANNER,
    approved,
    drawn,
    families,
    villages,
)
from yangguang.aid.ledger.actions import record_aid
from yangguang.aid.ledger.types import Aid, Origin
from yangguang.aid.plans.actions import (
    add_family,
    change_budget,
    draw_plan,
    redraw,
    remove_family,
)
from yangguang.aid.plans.queries.pages import (
    duplicates,
    export_rows,
    others_of,
    plan_count,
    plan_lines,
    plan_list,
    plan_page,
    preview,
    shares_of_towns,
)
from yangguang.aid.plans.queries.reach import cost_of_all, reach_of_plan
from yangguang.aid.plans.rules import Amount, AmountUnfit, NotByRank, NotInArea, OverBudget
from yangguang.aid.plans.types import AmountRule, Exclusion, LineOrigin, PlanStatus
from yangguang.families.registry.models import Household
from yangguang.foundation.accounts.rules.roles import NotPermitted
from yangguang.foundation.audit.models import Record
from yangguang.foundation.catalogue.types import AidKind, AidType

pytestmark = [pytest.mark.usefixtures("county"), pytest.mark.slow]


@pytest.mark.requirement(49)
def test_a_drawn_plan_keeps_those_above_the_line_and_a_margin_below() -> None:
    families(60)
    plan = drawn(50_000)
    assert (plan.status, plan.families_count, plan.total_fen) == (PlanStatus.DRAFT, 5, 50_000)
    assert plan.number == "P370112-2026-0001"
    assert plan.model_version == "sample"
    included = plan.lines.filter(is_included=True).order_by("position")
    assert list(included.values_list("household_number", flat=True)) == [
        f"JT{n:06}" for n in range(1, 6)
    ]
    assert plan.lines.filter(is_included=False).count() == 50


@pytest.mark.requirement(48)
def test_the_page_of_a_plan_shows_just_above_just_below_and_what_one_more_needs() -> None:
    families(30)
    page = plan_page(drawn(105_000).pk, on=ON, above=3, below=2)
    assert page is not None
    assert [line.number for line in page.above] == ["JT000008", "JT000009", "JT000010"]
    assert [line.number for line in page.below] == ["JT000011", "JT000012"]
    assert (page.left_fen, page.gap, page.missing_fen) == (5_000, 0.01, 5_000)
    assert page.above[0].head == "王秀英"
    assert page.above[0].village


def test_a_plan_by_type_shares_in_the_spending_of_that_type() -> None:
    families(3, medical_fen=[1_000_000, 0, 250_001])
    plan = draw_plan(
        "yb-medical-again",
        area_code=COUNTY,
        type=AidType.MEDICAL,
        amount=Amount(AmountRule.SHARE_OF_SPENDING, 500, 0, 300_000),
        budget_fen=1_000_000,
        title="",
        by=PLANNER,
        at=AT,
    )
    lines = plan.lines.order_by("position").values_list("amount_fen", "exclusion")
    assert list(lines) == [(300_000, ""), (0, Exclusion.NO_SPENDING), (125_001, "")]
    assert plan.title == plan.item_name


def helped(family: Household, type: AidType, *, payer: str, fen: int) -> None:
    record_aid(
        family.pk,
        aid=Aid("mz-holiday", type, AidKind.CASH, payer, True, True),
        origin=Origin.REPORTED,
        reference=f"{family.number}/{payer}",
        on=ON,
        amount_fen=fen,
        by=PLANNER,
        at=AT,
    )


def test_the_same_draft_asked_for_twice_is_one() -> None:
    families(3)
    assert drawn(20_000).pk == drawn(20_000).pk
    assert plan_count() == 1
    assert drawn(30_000).number == "P370112-2026-0002"


def test_an_entitlement_is_refused() -> None:
    with pytest.raises(NotByRank, match="应保尽保"):
        draw_plan(
            "mz-dibao-urban",
            area_code=COUNTY,
            type=None,
            amount=HUNDRED,
            budget_fen=1,
            title="x",
            by=PLANNER,
            at=AT,
        )


def test_a_plan_is_drawn_by_its_role_within_its_scope_alone() -> None:
    asked = {"type": None, "amount": HUNDRED, "budget_fen": 1, "title": "x", "at": AT}
    with pytest.raises(NotPermitted):
        draw_plan(ITEM, area_code=COUNTY, by=APPROVER, **asked)
    with pytest.raises(NotInArea):
        draw_plan(ITEM, area_code="370102000000", by=PLANNER, **asked)
    with pytest.raises(NotInArea):
        draw_plan(ITEM, area_code="370112999999", by=PLANNER, **asked)
    with pytest.raises(AmountUnfit):
        draw_plan(ITEM, area_code=COUNTY, by=PLANNER, **{**asked, "budget_fen": 0})


def test_a_family_promised_the_same_item_is_passed_over_by_the_next_plan() -> None:
    families(4)
    approved(20_000, title="第一批")
    plan = drawn(20_000, title="第二批")
    lines = plan.lines.order_by("position").values_list("exclusion", "is_included")
    assert list(lines) == [("same_item", False), ("same_item", False), ("", True), ("", True)]
    page = plan_page(plan.pk, on=ON)
    assert page is not None
    assert page.passed_over == 2


def test_another_item_does_not_pass_it_over() -> None:
    families(2)
    approved(20_000)
    plan = draw_plan(
        HOLIDAY,
        area_code=COUNTY,
        type=None,
        amount=HUNDRED,
        budget_fen=20_000,
        title="走访慰问",
        by=PLANNER,
        at=AT,
    )
    assert plan.families_count == 2


def test_more_budget_reaches_further_down() -> None:
    families(5)
    plan = drawn(20_000)
    change_budget(plan.pk, budget_fen=40_000, by=PLANNER, at=AT)
    plan.refresh_from_db()
    assert (plan.budget_fen, plan.families_count, plan.total_fen) == (40_000, 4, 40_000)


def test_a_redrawing_keeps_what_was_changed_by_hand() -> None:
    families(5)
    plan = drawn(20_000)
    remove_family(plan.pk, household_number="JT000001", reason="户主已就业", by=PLANNER, at=AT)
    change_budget(plan.pk, budget_fen=30_000, by=PLANNER, at=AT)
    plan = redraw(plan.pk, by=PLANNER, at=AT)
    by_number = {line.household_number: line for line in plan.lines.all()}
    assert by_number["JT000001"].origin == LineOrigin.REMOVED
    assert not by_number["JT000001"].is_included
    assert plan.families_count == 3
    assert [n for n, line in sorted(by_number.items()) if line.is_included] == [
        "JT000002",
        "JT000003",
        "JT000004",
    ]


def test_families_added_by_hand_are_paid_from_the_budget_first() -> None:
    families(5)
    plan = drawn(25_000)
    add_family(
        plan.pk, household_number="JT000005", reason="失火", amount_fen=5_000, by=PLANNER, at=AT
    )
    change_budget(plan.pk, budget_fen=15_000, by=PLANNER, at=AT)
    included = plan.lines.filter(is_included=True).order_by("position")
    assert list(included.values_list("household_number", "amount_fen")) == [
        ("JT000001", 10_000),
        ("JT000005", 5_000),
    ]
    with pytest.raises(OverBudget, match=r"10\.00元"):
        change_budget(plan.pk, budget_fen=4_000, by=PLANNER, at=AT)


def test_what_the_slider_shows_is_what_the_plan_then_holds() -> None:
    families(8)
    shown = preview(
        ITEM,
        area_code=COUNTY,
        type=None,
        amount=HUNDRED,
        budget_fen=35_000,
        by=PLANNER,
        on=ON,
        around=2,
    )
    assert [line.number for line in shown.above] == ["JT000002", "JT000003"]
    assert [line.number for line in shown.below] == ["JT000004", "JT000005"]
    assert shown.below[0].head == "王秀英"
    assert [(part.band.label, part.total, part.families, part.fen) for part in shown.reach] == [
        ("极度困难", 4, 2, 20_000),
        ("重度困难", 4, 1, 10_000),
    ]
    assert shown.all_fen == 80_000
    plan = drawn(35_000)
    assert (plan.families_count, plan.total_fen) == (shown.cut.families, shown.cut.total_fen)


def test_what_all_would_cost_follows_the_rule_of_the_amount() -> None:
    families(3, members=(1, 2, 4), medical_fen=[100_000, 0, 50_000])
    per_head = Amount(AmountRule.PER_HEAD, 1_000)
    share = Amount(AmountRule.SHARE_OF_SPENDING, 500)
    assert cost_of_all(COUNTY, type=None, amount=HUNDRED) == 30_000
    assert cost_of_all(COUNTY, type=None, amount=per_head) == 7_000
    assert cost_of_all(COUNTY, type=AidType.MEDICAL, amount=per_head) == 7_000
    assert cost_of_all(COUNTY, type=AidType.MEDICAL, amount=share) == 75_000


def test_what_another_department_gave_in_the_same_trouble_stands_beside_the_family() -> None:
    family, other = families(2)
    helped(family, AidType.LIVING, payer="市总工会", fen=5_000)
    helped(other, AidType.MEDICAL, payer="市医保局", fen=9_000)
    plan = drawn(20_000)
    page = plan_page(plan.pk, on=ON)
    assert page is not None
    assert page.others == {family.pk: (("市总工会", 5_000),)}
    assert others_of(plan.pk, [other.pk], on=ON) == {}
    found = duplicates(plan.pk, on=ON)
    assert [(one.line.number, one.fen) for one in found] == [("JT000001", 5_000)]


def test_where_the_money_goes_adds_up_by_town_and_by_band() -> None:
    towns = villages(count=3)[:1] + villages("370112", 400)[-1:]
    families(6, village_codes=towns)
    plan = drawn(50_000)
    shares = shares_of_towns(plan.pk)
    reach = reach_of_plan(plan.pk, area_code=COUNTY)
    assert sum(part.fen for part in shares) == plan.total_fen
    assert sum(part.families for part in reach) == plan.families_count
    assert sum(part.total for part in reach) == 6
    assert [part.band.label for part in reach] == ["极度困难", "重度困难"]
    assert len(shares) == 2
    assert all(not town.name.isdigit() for town in shares)


def test_a_list_is_paged_and_exported_by_rank() -> None:
    families(7)
    plan = drawn(50_000)
    first = plan_lines(plan.pk, limit=3)
    then = plan_lines(plan.pk, after=first[-1].position, limit=3)
    numbers = [line.number for line in [*first, *then]]
    assert numbers == [line.number for line in export_rows(plan.pk)]
    assert len(numbers) == 5


def test_the_list_of_plans_tells_area_status_and_sums() -> None:
    families(2)
    drawn(10_000, title="先")
    approved(10_000, title="后")
    rows = {row.title: row for row in plan_list()}
    assert rows["后"].status == PlanStatus.APPROVED
    assert rows["后"].approved_by_name == APPROVER.name
    assert rows["先"].area_name == "历城区"
    assert [row.title for row in plan_list(status=PlanStatus.DRAFT)] == ["先"]


def test_every_verb_leaves_a_row_in_the_trail_without_the_list_itself() -> None:
    families(2)
    plan = drawn(10_000)
    row = Record.objects.get(object_kind="plan", object_key=plan.number)
    assert (row.verb, row.actor_name, len(bytes(row.digest))) == ("plans.draw_plan", "方案员", 32)
    assert row.area_code == COUNTY


def test_a_family_that_left_the_register_is_not_added_by_hand() -> None:
    families(2)
    plan = drawn(10_000)
    Household.objects.filter(number="JT000002").update(closed_date=ON)
    with pytest.raises(NotInArea, match="在册"):
        add_family(plan.pk, household_number="JT000002", reason="失火", by=PLANNER, at=AT)

"""The laws of a list drawn down a ranking, and what the rules refuse."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.aid.plans.rules import (
    Amount,
    AmountUnfit,
    FamiliesChanged,
    NotByRank,
    OverBudget,
    ReasonMissing,
    SamePerson,
    StatusUnfit,
    amount_for,
    demand_amount,
    demand_another,
    demand_by_rank,
    demand_editable,
    demand_reason,
    demand_transition,
    demand_within,
    draw,
)
from yangguang.aid.plans.types import AmountRule, Exclusion, PlanStatus
from yangguang.foundation.catalogue.types import AidBasis, AidType


@dataclass(frozen=True)
class Family:
    household_id: int
    number: str
    value: float
    members: int
    spending_fen: int


HUNDRED = Amount(AmountRule.FIXED, 10_000)


def ranking(*, members: list[int], spending: list[int] | None = None) -> list[Family]:
    spent = spending or [0] * len(members)
    return [
        Family(i, f"JT{i:04}", 90.0 - i, m, s)
        for i, (m, s) in enumerate(zip(members, spent, strict=True))
    ]


amounts = st.one_of(
    st.builds(Amount, st.just(AmountRule.FIXED), st.integers(1, 500_000)),
    st.builds(Amount, st.just(AmountRule.PER_HEAD), st.integers(1, 100_000)),
    st.builds(
        Amount,
        st.just(AmountRule.SHARE_OF_SPENDING),
        st.integers(1, 1000),
        st.integers(0, 50_000),
        st.sampled_from([0, 50_000, 1_000_000]),
    ),
)
rankings = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 5_000_000)), max_size=40).map(
    lambda rows: ranking(members=[m for m, _ in rows], spending=[s for _, s in rows])
)
some = st.frozensets(st.integers(0, 39), max_size=10)


@pytest.mark.requirement(48)
@given(rankings, amounts, st.integers(1, 20_000_000), some, some)
def test_a_budget_is_never_exceeded_and_sums_to_the_fen(
    families: list[Family],
    amount: Amount,
    budget: int,
    helped: frozenset[int],
    aside: frozenset[int],
) -> None:
    drawn = draw(families, budget_fen=budget, amount=amount, helped=helped, aside=aside)
    paid = [line.amount_fen for line in drawn.lines if line.is_included]
    assert sum(paid) == drawn.cut.total_fen == budget - drawn.cut.left_fen
    assert drawn.cut.left_fen >= 0
    assert len(paid) == drawn.cut.families
    assert all(fen > 0 for fen in paid)


@pytest.mark.requirement(47)
@given(rankings, amounts, st.integers(1, 20_000_000), some, some)
def test_who_is_included_is_a_prefix_of_the_ranking_but_for_those_passed_over(
    families: list[Family],
    amount: Amount,
    budget: int,
    helped: frozenset[int],
    aside: frozenset[int],
) -> None:
    drawn = draw(families, budget_fen=budget, amount=amount, helped=helped, aside=aside)
    can = [
        family.household_id
        for family in families
        if family.household_id not in helped | aside and amount_for(family, amount=amount) > 0
    ]
    included = [line.household_id for line in drawn.lines if line.is_included]
    assert included == can[: len(included)]
    if drawn.cut.below is None:
        assert included == can
    else:
        assert drawn.cut.below.household_id == can[len(included)]
        assert drawn.cut.missing_fen > 0


@given(rankings, amounts, st.integers(1, 10_000_000), st.integers(0, 5))
def test_no_more_than_the_margin_is_read_below_the_line(
    families: list[Family], amount: Amount, budget: int, margin: int
) -> None:
    drawn = draw(families, budget_fen=budget, amount=amount, margin=margin)
    last = drawn.cut.above.position if drawn.cut.above else 0
    below = [line for line in drawn.lines if not line.is_included and line.exclusion is None]
    assert len([line for line in below if line.position > last]) <= max(margin, 1)


@given(rankings, amounts, st.integers(1, 10_000_000), st.integers(1, 10_000_000))
def test_more_money_never_takes_a_family_off_the_list(
    families: list[Family], amount: Amount, budget: int, more: int
) -> None:
    less = {
        e.household_id
        for e in draw(families, budget_fen=budget, amount=amount).lines
        if e.is_included
    }
    all_ = draw(families, budget_fen=budget + more, amount=amount)
    assert less <= {e.household_id for e in all_.lines if e.is_included}


def test_a_smaller_amount_further_down_never_overtakes() -> None:
    per_head = Amount(AmountRule.PER_HEAD, 10_000)
    drawn = draw(ranking(members=[2, 3, 1]), budget_fen=30_000, amount=per_head)
    assert [line.household_id for line in drawn.lines if line.is_included] == [0]
    assert drawn.cut.left_fen == 10_000


def test_the_line_says_who_is_just_above_who_just_below_and_what_one_more_needs() -> None:
    cut = draw(ranking(members=[1] * 5), budget_fen=25_000, amount=HUNDRED).cut
    assert (cut.above and cut.above.number, cut.below and cut.below.number) == ("JT0001", "JT0002")
    assert (cut.families, cut.total_fen, cut.left_fen, cut.missing_fen) == (2, 20_000, 5_000, 5_000)
    assert cut.gap == 1.0


def test_a_list_that_ends_before_the_money_has_no_line() -> None:
    cut = draw(ranking(members=[1]), budget_fen=25_000, amount=HUNDRED).cut
    assert (cut.below, cut.gap, cut.missing_fen) == (None, None, 0)


def test_a_budget_below_the_first_amount_reaches_nobody_and_says_what_is_missing() -> None:
    cut = draw(ranking(members=[1, 1]), budget_fen=9_999, amount=HUNDRED).cut
    assert (cut.families, cut.above, cut.missing_fen) == (0, None, 1)


def test_a_family_helped_lately_is_passed_over_with_that_ground() -> None:
    drawn = draw(ranking(members=[1, 1, 1]), budget_fen=20_000, amount=HUNDRED, helped={0})
    assert [line.exclusion for line in drawn.lines] == [Exclusion.SAME_ITEM, None, None]
    assert [line.is_included for line in drawn.lines] == [False, True, True]
    assert [line.position for line in drawn.lines] == [1, 2, 3]
    assert drawn.cut.passed_over == 1


@pytest.mark.parametrize(
    ("spending", "expected"),
    [
        (0, 0),
        (1, 20_000),
        (100_000, 30_000),
        (100_001, 30_000),
        (100_002, 30_001),
        (999_999_99, 500_000),
    ],
)
def test_a_share_of_spending_is_rounded_to_the_fen_within_floor_and_cap(
    spending: int, expected: int
) -> None:
    rule = Amount(AmountRule.SHARE_OF_SPENDING, 300, 20_000, 500_000)
    assert amount_for(Family(1, "1", 1.0, 3, spending), amount=rule) == expected


def test_a_share_without_a_cap_has_none() -> None:
    rule = Amount(AmountRule.SHARE_OF_SPENDING, 1000)
    assert amount_for(Family(1, "1", 1.0, 3, 123_456_789), amount=rule) == 123_456_789


def test_an_entitlement_is_never_drawn_by_rank() -> None:
    demand_by_rank(AidBasis.BUDGET, name="临时救助")
    with pytest.raises(NotByRank, match=r"低保.*应保尽保"):
        demand_by_rank(AidBasis.ENTITLEMENT, name="低保")


@pytest.mark.parametrize(
    ("amount", "type_", "budget", "why"),
    [
        (HUNDRED, None, 0, "预算"),
        (Amount(AmountRule.FIXED, 0), None, 1, "大于0"),
        (Amount(AmountRule.FIXED, 1, -1), None, 1, "大于0"),
        (Amount(AmountRule.SHARE_OF_SPENDING, 500), None, 1, "只适用"),
        (Amount(AmountRule.SHARE_OF_SPENDING, 500), AidType.HOUSING, 1, "只适用"),
        (Amount(AmountRule.SHARE_OF_SPENDING, 1001), AidType.MEDICAL, 1, "100%"),
        (Amount(AmountRule.SHARE_OF_SPENDING, 500, 10, 9), AidType.MEDICAL, 1, "最高金额"),
    ],
)
def test_an_amount_rule_that_makes_no_sense_is_refused(
    amount: Amount, type_: AidType | None, budget: int, why: str
) -> None:
    with pytest.raises(AmountUnfit, match=why):
        demand_amount(amount, type=type_, budget_fen=budget)


def test_a_total_over_the_budget_is_refused_with_the_difference() -> None:
    demand_within(100, budget_fen=100)
    with pytest.raises(OverBudget, match=r"0\.01元"):
        demand_within(101, budget_fen=100)


@pytest.mark.parametrize(
    "status", [PlanStatus.SUBMITTED, PlanStatus.APPROVED, PlanStatus.CANCELLED]
)
def test_a_locked_list_is_not_editable(status: PlanStatus) -> None:
    with pytest.raises(StatusUnfit, match=status.label):
        demand_editable(status)


def test_an_approved_plan_goes_nowhere() -> None:
    for to in PlanStatus:
        with pytest.raises(StatusUnfit):
            demand_transition(PlanStatus.APPROVED, to)


def test_whoever_touched_the_list_does_not_approve_it() -> None:
    demand_another(3, touched_by={1, 2, None})
    with pytest.raises(SamePerson):
        demand_another(2, touched_by={1, 2})


def test_a_reason_of_blanks_is_none() -> None:
    assert demand_reason("  户主住院 ") == "户主住院"
    with pytest.raises(ReasonMissing):
        demand_reason("  ")


def test_changed_families_are_named_five_and_counted_all() -> None:
    error = FamiliesChanged([(f"JT{i}", "已退出登记") for i in range(7)])
    assert "JT4" in str(error)
    assert "JT5" not in str(error)
    assert "等共7户" in str(error)

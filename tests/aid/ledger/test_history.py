"""One list a household: by item, payer and payment, with the sums of twelve months."""

from datetime import date

import pytest

from tests.aid.paying import AT, ON, PLANNER, families
from yangguang.aid.ledger.actions import fail, record_aid, stop
from yangguang.aid.ledger.models import Entry
from yangguang.aid.ledger.queries.history import (
    aid_from_others,
    aid_history,
    households_given,
    overlaps,
)
from yangguang.aid.ledger.types import Aid, Origin
from yangguang.families.registry.models import Household
from yangguang.foundation.catalogue.types import AidKind, AidType

pytestmark = [pytest.mark.usefixtures("county"), pytest.mark.slow]


def given(
    family: Household,
    payer: str,
    fen: int,
    on: date,
    *,
    item: str = "mz-holiday",
    counted: bool = True,
    monthly: int = 0,
) -> Entry:
    return record_aid(
        family.pk,
        aid=Aid(item, AidType.LIVING, AidKind.CASH, payer, True, counted),
        origin=Origin.REPORTED,
        reference=f"{family.number}/{payer}/{item}/{on}",
        on=on,
        amount_fen=fen,
        monthly_fen=monthly,
        by=PLANNER,
        at=AT,
    )


@pytest.mark.requirement(53)
def test_a_family_sees_all_it_got_newest_first_with_the_sums_of_twelve_months() -> None:
    (family,) = families(1)
    given(family, "市民政局", 100, date(2025, 11, 24))
    given(family, "市民政局", 200, date(2025, 11, 25))
    given(family, "市总工会", 400, ON)
    fail(given(family, "慈善总会", 800, ON).pk, reason="重复", by=PLANNER, at=AT)
    history = aid_history(family.pk, on=ON)
    assert [item.year_fen for item in history.items] == [800, 400, 200, 0]
    assert history.year_fen == 600
    assert history.year_by_payer == (("市总工会", 400), ("市民政局", 200))
    assert history.items[1].payments[0].paid_date == ON


def test_a_payment_after_the_day_is_not_seen() -> None:
    (family,) = families(1)
    given(family, "市民政局", 100, date(2026, 11, 25))
    assert aid_history(family.pk, on=ON).items[0].payments == ()


def test_who_has_an_item_is_who_was_paid_is_promised_or_runs() -> None:
    paid, old, runs, stopped, void, other = families(6)
    since = date(2026, 1, 1)
    given(paid, "市民政局", 1, date(2026, 1, 2))
    given(old, "市民政局", 1, since)
    given(runs, "市民政局", 0, date(2020, 1, 1), monthly=5)
    stop(
        given(stopped, "市民政局", 0, date(2020, 1, 1), monthly=5).pk,
        on=date(2021, 1, 1),
        reason="迁出",
        by=PLANNER,
        at=AT,
    )
    fail(given(void, "市民政局", 1, ON).pk, reason="重复", by=PLANNER, at=AT)
    given(other, "市民政局", 1, ON, item="cs-warm-homes")
    assert households_given("mz-holiday", scope="370112", since=since) == {paid.pk, runs.pk}
    assert households_given("mz-holiday", scope="370102", since=since) == set()


def test_the_same_item_from_two_payers_is_an_overlap() -> None:
    one, two = families(2)
    given(one, "市民政局", 1, ON)
    given(one, "市总工会", 1, ON)
    given(two, "市民政局", 1, ON)
    given(two, "市总工会", 1, date(2025, 1, 1))
    assert [(o.household_id, o.payers) for o in overlaps("370112", on=ON)] == [
        (one.pk, ("市总工会", "市民政局"))
    ]


def test_what_others_gave_for_the_same_trouble_is_told_before_it_is_given_again() -> None:
    one, two = families(2)
    given(one, "市民政局", 5, ON)
    given(one, "市总工会", 3, ON)
    given(one, "慈善总会", 4, ON)
    given(two, "市民政局", 5, ON)
    told = aid_from_others([one.pk, two.pk], type="living", payer="市民政局", on=ON)
    assert told == {one.pk: (("慈善总会", 4), ("市总工会", 3))}
    assert aid_from_others([one.pk], type="medical", payer="市民政局", on=ON) == {}

"""One reference is entered once; a promise falls by what is paid and never below zero."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from tests.aid.paying import AT, COUNTY, ON, PLANNER, families
from yangguang.aid.ledger.actions import fail, post_payments, promise, record_aid, stop
from yangguang.aid.ledger.models import Entry, Payment
from yangguang.aid.ledger.rules import (
    AlreadyStopped,
    AmountUnfit,
    ReasonMissing,
    ReferenceTaken,
    UnknownRows,
    demand_amounts,
    months_before,
)
from yangguang.aid.ledger.types import Aid, Origin, Posting, Promise
from yangguang.families.registry.models import Household, Mark
from yangguang.foundation.catalogue.types import AidKind, AidType
from yangguang.foundation.walls.context import Actor, enter

AID = Aid("mz-holiday", AidType.LIVING, AidKind.CASH, "市民政局", True, True)
STUDY = Aid("jy-university", AidType.EDUCATION, AidKind.CASH, "市教育局", False, True)


def promised(family: Household, fen: int = 10_000, reference: str = "P1/1") -> Entry:
    promise(
        [Promise(family.pk, fen, reference)],
        aid=AID,
        origin=Origin.PLAN,
        started_date=ON,
        area_code=COUNTY,
        by=PLANNER,
        at=AT,
        key="P1",
    )
    return Entry.objects.get(reference=reference)


def post(*postings: Posting) -> int:
    return post_payments(postings, area_code=COUNTY, by=PLANNER, at=AT, key="B1")


@pytest.mark.parametrize(
    ("on", "months", "expected"),
    [
        (date(2026, 11, 24), 12, date(2025, 11, 24)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
    ],
)
def test_months_are_counted_back_by_the_calendar(on: date, months: int, expected: date) -> None:
    assert months_before(on, months) == expected


@pytest.mark.parametrize(("amount", "monthly"), [(0, 0), (1, 1), (-1, 0), (0, -1)])
def test_aid_is_one_off_or_monthly_never_both_or_neither(amount: int, monthly: int) -> None:
    with pytest.raises(AmountUnfit):
        demand_amounts(amount_fen=amount, monthly_fen=monthly)


@pytest.mark.slow
@pytest.mark.usefixtures("county")
class TestOnTheDatabase:
    def test_a_payment_lowers_the_promise_and_marks_the_family(self) -> None:
        (family,) = families(1)
        entry = promised(family)
        Mark.objects.all().delete()
        assert post(Posting(entry.pk, ON, 4_000, "B1/1")) == 1
        entry.refresh_from_db()
        assert entry.promised_fen == 6_000
        assert Mark.objects.filter(household=family).exists()
        post(Posting(entry.pk, ON, 9_000, "B1/2"))
        entry.refresh_from_db()
        assert entry.promised_fen == 0

    def test_two_payments_of_one_entry_in_one_posting_lower_it_by_both(self) -> None:
        (family,) = families(1)
        entry = promised(family)
        assert post(Posting(entry.pk, ON, 1, "B1/1"), Posting(entry.pk, ON, 2, "B1/2")) == 2
        entry.refresh_from_db()
        assert entry.promised_fen == 9_997

    def test_the_same_reference_again_changes_nothing(self) -> None:
        (family,) = families(1)
        entry = promised(family)
        assert promised(family).pk == entry.pk
        assert [post(Posting(entry.pk, ON, 4_000, "B1/1")) for _ in range(2)] == [1, 0]
        entry.refresh_from_db()
        assert (entry.promised_fen, Payment.objects.count()) == (6_000, 1)

    def test_a_promise_told_again_after_payment_does_not_rise(self) -> None:
        (family,) = families(1)
        entry = promised(family)
        post(Posting(entry.pk, ON, 10_000, "B1/1"))
        assert promised(family).promised_fen == 0

    def test_a_reference_that_stands_for_something_else_is_refused_and_nothing_is_entered(
        self,
    ) -> None:
        one, two = families(2)
        entry = promised(one)
        with pytest.raises(ReferenceTaken, match="P1/1"):
            promised(two)
        post(Posting(entry.pk, ON, 4_000, "B1/1"))
        for other in (
            Posting(entry.pk, ON, 4_001, "B1/1"),
            Posting(entry.pk, date(2026, 11, 23), 4_000, "B1/1"),
        ):
            with pytest.raises(ReferenceTaken, match="B1/1"):
                post(Posting(entry.pk, ON, 5, "B1/9"), other)
        assert Payment.objects.count() == 1

    def test_families_out_of_sight_are_refused(self) -> None:
        (family,) = families(1)
        entry = promised(family)
        enter(Actor(1, "外区", "county_planner", "370102"))
        with pytest.raises(UnknownRows):
            promised(family, reference="P1/2")
        with pytest.raises(UnknownRows):
            post(Posting(entry.pk, ON, 1, "B1/1"))

    @pytest.mark.requirement(53)
    def test_aid_told_by_another_department_counts_as_paid_on_its_day(self) -> None:
        (family,) = families(1)
        asked = {"aid": STUDY, "origin": Origin.REPORTED, "reference": "JY-1", "on": ON}
        entry = record_aid(family.pk, amount_fen=400_000, by=PLANNER, at=AT, **asked)
        again = record_aid(family.pk, amount_fen=400_000, by=PLANNER, at=AT, **asked)
        assert (entry.pk, entry.promised_fen) == (again.pk, 0)
        payment = Payment.objects.get()
        assert (payment.amount_fen, payment.paid_date) == (400_000, ON)
        with pytest.raises(ReferenceTaken):
            record_aid(family.pk, amount_fen=1, by=PLANNER, at=AT, **asked)
        with pytest.raises(ReferenceTaken):
            record_aid(family.pk, monthly_fen=1, by=PLANNER, at=AT, **asked)

    def test_a_donation_and_a_report_may_bear_the_same_reference(self) -> None:
        (family,) = families(1)
        for origin in (Origin.REPORTED, Origin.DONOR):
            record_aid(
                family.pk,
                aid=STUDY,
                origin=origin,
                reference="1",
                on=ON,
                amount_fen=5,
                by=PLANNER,
                at=AT,
            )
        assert Payment.objects.count() == 2

    def test_continuing_aid_runs_until_it_is_stopped_once(self) -> None:
        (family,) = families(1)
        entry = record_aid(
            family.pk,
            aid=AID,
            origin=Origin.REPORTED,
            reference="1",
            on=date(2026, 1, 1),
            monthly_fen=81_400,
            by=PLANNER,
            at=AT,
        )
        assert (entry.is_continuing, entry.payments.count()) == (True, 0)
        with pytest.raises(ReasonMissing):
            stop(entry.pk, on=ON, reason="", by=PLANNER, at=AT)
        with pytest.raises(AlreadyStopped, match="早于"):
            stop(entry.pk, on=date(2025, 12, 31), reason="迁出", by=PLANNER, at=AT)
        for _ in range(2):
            entry = stop(entry.pk, on=ON, reason="迁出", by=PLANNER, at=AT)
        assert entry.stopped_date == ON
        with pytest.raises(AlreadyStopped):
            stop(entry.pk, on=date(2026, 11, 23), reason="迁出", by=PLANNER, at=AT)

    def test_one_off_aid_is_voided_not_stopped(self) -> None:
        (family,) = families(1)
        entry = promised(family)
        with pytest.raises(AlreadyStopped):
            stop(entry.pk, on=ON, reason="x", by=PLANNER, at=AT)
        for _ in range(2):
            entry = fail(entry.pk, reason="重复登记", by=PLANNER, at=AT)
        assert entry.is_failed
        with pytest.raises(UnknownRows):
            fail(0, reason="x", by=PLANNER, at=AT)

    def test_the_database_refuses_a_payment_of_nothing_and_a_promise_below_zero(self) -> None:
        (family,) = families(1)
        promised(family)
        for statement, name in (
            ("UPDATE ledger_entry SET promised_fen = -1", "entry_not_negative"),
            (
                """INSERT INTO ledger_payment
                  (entry_id, area_code, paid_date, amount_fen, reference)
                SELECT id, area_code, started_date, 0, 'x' FROM ledger_entry""",
                "payment_positive",
            ),
        ):
            with (
                pytest.raises(IntegrityError, match=name),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)

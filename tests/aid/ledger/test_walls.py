"""A payment stays as it was entered, and follows its family to another area."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.registry import HouseholdFactory
from yangguang.aid.ledger.models import Entry, Payment
from yangguang.families.registry.models import Household
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.divisions.types import Level
from yangguang.foundation.walls.context import enter, system

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(88)]


@pytest.fixture
def payment(db: None) -> Payment:
    enter(system("3701"))
    household = HouseholdFactory(elder_alone=True)
    entry = Entry.objects.create(
        household_id=household.pk, area_code=household.area_id, item_code="x", type="living",
        kind="cash", payer="minzheng", is_discretionary=False, is_counted=True,
        is_continuing=False, monthly_fen=0, promised_fen=0, started_date=date(2026, 1, 1),
        origin="plan", reference="x",
    )  # fmt: skip
    return Payment.objects.create(
        entry=entry, area_code=entry.area_code, paid_date=date(2026, 2, 1), amount_fen=100,
        reference="x",
    )  # fmt: skip


@pytest.mark.parametrize("statement", [
    "UPDATE ledger_payment SET amount_fen = 1",
    "UPDATE ledger_payment SET paid_date = '2020-01-01'",
    "UPDATE ledger_payment SET area_code = '370112001001'",
    "DELETE FROM ledger_payment",
    "TRUNCATE ledger_payment CASCADE",
])  # fmt: skip
@pytest.mark.usefixtures("payment")
def test_who_serves_changes_no_payment(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_payment_moves_with_its_family(payment: Payment) -> None:
    household = Household.objects.get(pk=payment.entry.household_id)
    other = Area.objects.filter(level=Level.VILLAGE, code__startswith="3701").exclude(
        pk=household.area_id
    )[0]
    Household.objects.filter(pk=household.pk).update(area_id=other.pk)
    payment.refresh_from_db()
    assert (payment.area_code, payment.amount_fen) == (other.code, 100)

"""What the trail demands of money, and what it keeps of each payment."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.aid.disbursement.test_paying import GB18030, LATER, banked, sent
from tests.aid.paying import APPROVER, AT, ON, PLANNER, approved, drawn, families
from tests.factories.registry import HouseholdEntryFactory
from yangguang.aid.disbursement.actions import prepare_batch, read_results, send_batch
from yangguang.aid.disbursement.actions.shared import payment_proof
from yangguang.aid.disbursement.models import Batch
from yangguang.aid.plans.actions import approve, submit
from yangguang.aid.plans.models import Plan
from yangguang.aid.plans.queries.pages import plan_page
from yangguang.aid.plans.types import PlanStatus
from yangguang.families.registry.actions.register import register_household
from yangguang.foundation.audit.models import Head, Record
from yangguang.foundation.audit.rules import merkle
from yangguang.foundation.audit.rules.freshness import AnchorTooOld
from yangguang.foundation.catalogue.queries import aid_item
from yangguang.foundation.catalogue.types import AidType
from yangguang.foundation.walls.context import Actor, enter

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    """Act in the county for the length of the test."""
    enter(PLANNER)


@pytest.fixture
def too_late() -> datetime:
    """Give a moment more than 48 hours after the newest head."""
    return Head.objects.latest("number").at + timedelta(hours=49)


def test_without_a_fresh_anchor_no_plan_is_approved_and_reading_goes_on(
    too_late: datetime,
) -> None:
    families(2)
    plan = submit(drawn(20_000).pk, by=PLANNER, at=AT)
    with pytest.raises(AnchorTooOld, match="审批和发放暂停，查询照常"):
        approve(plan.pk, by=APPROVER, at=too_late)
    plan.refresh_from_db()
    assert plan.status == PlanStatus.SUBMITTED
    assert plan_page(plan.pk, on=ON)


def test_aid_in_a_disaster_does_not_wait_for_an_anchor(too_late: datetime) -> None:
    families(2)
    plan = drawn(20_000)
    Plan.objects.filter(pk=plan.pk).update(item_type=AidType.DISASTER)
    submit(plan.pk, by=PLANNER, at=AT)
    assert approve(plan.pk, by=APPROVER, at=too_late).status == PlanStatus.APPROVED
    batch = prepare_batch(plan.pk, by=PLANNER, at=too_late)
    assert send_batch(batch.pk, encoding=GB18030, by=APPROVER, at=too_late)


def test_without_a_fresh_anchor_no_batch_is_sent_and_no_answer_read(too_late: datetime) -> None:
    families(2)
    plan = approved(20_000)
    batch = prepare_batch(plan.pk, by=PLANNER, at=AT)
    with pytest.raises(AnchorTooOld):
        send_batch(batch.pk, encoding=GB18030, by=APPROVER, at=too_late)
    data = send_batch(batch.pk, encoding=GB18030, by=APPROVER, at=AT)
    with pytest.raises(AnchorTooOld):
        read_results(batch.pk, data=banked(data), by=APPROVER, at=too_late)
    assert send_batch(batch.pk, encoding=GB18030, by=APPROVER, at=too_late) == data


def test_a_batch_is_one_record_with_the_merkle_root_of_its_payments() -> None:
    families(5)
    batch, data = sent(approved(50_000))
    as_sent = root_of("disbursement.send_batch", batch)
    line, path = payment_proof(batch, 4)
    assert merkle.holds(line, 3, 5, path, as_sent)
    assert not merkle.holds(line.replace(b"10000", b"10001"), 3, 5, path, as_sent)
    read_results(batch.pk, data=banked(data, failing=300), by=APPROVER, at=LATER)
    answered = root_of("disbursement.read_results", batch)
    line, path = payment_proof(batch, 4)
    assert merkle.holds(line, 3, 5, path, answered)
    assert as_sent != answered


def root_of(verb: str, batch: Batch) -> bytes:
    return bytes(Record.objects.get(verb=verb, object_key=batch.number).root)


def test_an_approval_keeps_the_plan_before_and_after_as_digests() -> None:
    families(2)
    plan = approved(20_000)
    row = Record.objects.get(verb="plans.approve", object_key=plan.number)
    assert len(row.before) == len(row.after) == len(row.digest) == 32
    assert bytes(row.before) != bytes(row.after)
    assert row.ground == aid_item(plan.item_code, ON).ground
    assert row.ground


@pytest.mark.requirement(82)
def test_from_the_register_to_the_money_each_step_names_who_answers_for_it() -> None:
    clerk = Actor(id=9010, name="登记员", role="township_reviewer", scope="370112")
    household = register_household(HouseholdEntryFactory(), by=clerk, at=AT)
    families(2)
    batch, data = sent(approved(20_000))
    read_results(batch.pk, data=banked(data), by=APPROVER, at=LATER)
    told = [
        (row.verb, row.object_key, row.actor_id, row.actor_name, row.actor_role)
        for row in Record.objects.filter(object_kind__in=["household", "plan", "batch"])
        .order_by("id")
    ]  # fmt: skip
    names = {one.id: (one.id, one.name, one.role) for one in (clerk, PLANNER, APPROVER)}
    assert told == [
        ("registry.register_household", str(household.pk), *names[clerk.id]),
        ("plans.draw_plan", batch.plan.number, *names[PLANNER.id]),
        ("plans.submit", batch.plan.number, *names[PLANNER.id]),
        ("plans.approve", batch.plan.number, *names[APPROVER.id]),
        ("disbursement.prepare_batch", batch.number, *names[PLANNER.id]),
        ("disbursement.send_batch", batch.number, *names[APPROVER.id]),
        ("disbursement.read_results", batch.number, *names[APPROVER.id]),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        Record.objects.filter(verb="plans.approve").update(actor_name="别人")

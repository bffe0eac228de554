"""One family's way: registered, indexed, ranked, chosen by a plan, paid, and it stands lower."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.aid.paying import families
from yangguang.aid.disbursement.models import Batch, Instruction
from yangguang.aid.disbursement.types import InstructionStatus
from yangguang.aid.index.actions import score_area
from yangguang.aid.index.queries import Filter, explanation_of, page, rank_of, rows_of
from yangguang.aid.ledger.models import Payment
from yangguang.aid.plans.models import Plan
from yangguang.faces.demo import setting
from yangguang.foundation.walls.context import enter, system

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

COUNTY = "370112"


@pytest.fixture
def county(db: None, settings: Settings) -> date:
    """A county of twelve families, scored, with its planner and its approver."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    at = timezone.now()
    on = timezone.localdate(at)
    actor = system("3701")
    enter(actor)
    families(12)
    setting.appoint_people(on=date(2011, 6, 14), by=actor, at=at)
    score_area("3701", on=on, by=actor, at=at)
    return on


def as_staff(username: str) -> Client:
    client = Client()
    assert client.post("/login/", {"person": username}).status_code == 302
    # All requests of a test share its transaction, and so would the log-in's narrow context.
    enter(system("3701"))
    return client


@pytest.mark.requirement(47)
@pytest.mark.requirement(48)
@pytest.mark.requirement(49)
@pytest.mark.requirement(53)
@pytest.mark.requirement(55)
def test_the_family_at_the_top_is_planned_paid_and_falls_by_what_the_model_says(
    county: date,
) -> None:
    planner, approver = as_staff("fangan"), as_staff("shenpi")
    first = page(COUNTY, Filter()).rows[0]

    drawn = planner.post(
        "/plans/new/",
        {
            "title": "冬季困难家庭救助",
            "item_code": "mz-holiday",
            "area_code": "370112000000",
            "type": "",
            "rule": "fixed",
            "value": "2000",
            "budget_fen": "20000",
        },
    )
    plan = Plan.objects.get()
    assert drawn.headers["Location"] == f"/plans/{plan.pk}/"
    assert first.head in planner.get(f"/plans/{plan.pk}/").content.decode()

    planner.post(f"/plans/{plan.pk}/change/submit/")
    refused = planner.post(f"/plans/{plan.pk}/decide/approve/")
    assert refused.status_code == 403
    approver.post(f"/plans/{plan.pk}/decide/approve/")
    enter(system("3701"))
    promised = rows_of([first.household_id])[first.household_id]
    assert promised.assistance < first.assistance

    planner.post(f"/batches/prepare/{plan.pk}/")
    batch = Batch.objects.get()
    approver.post(f"/batches/{batch.pk}/send/", {"encoding": "gb18030"})
    approver.post(f"/batches/{batch.pk}/results/")
    approver.post(f"/batches/{batch.pk}/reconcile/")

    enter(system("3701"))
    batch.refresh_from_db()
    assert batch.status == "reconciled"
    paid = Instruction.objects.filter(status=InstructionStatus.PAID)
    fen = sum(paid.values_list("amount_fen", flat=True))
    received = Payment.objects.filter(entry__in=paid.values("entry"))
    assert fen == sum(received.values_list("amount_fen", flat=True)) > 0

    told = explanation_of(first.household_id, county)
    after = rows_of([first.household_id])[first.household_id]
    assert told is not None
    assert after.assistance == told.score.a < first.assistance
    ordered = [row.household_id for row in page(COUNTY, Filter(), limit=200).rows]
    ranks = rank_of(first.household_id)
    assert ranks is not None
    assert ranks.county == ordered.index(first.household_id) + 1

"""The pages of batches over HTTP: the sums side by side, failures and what to do, two people."""

from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from tests.aid.paying import AT, COUNTY, approved
from tests.aid.paying import PLANNER as OTHER_PLANNER
from tests.aid.paying import families as planned_for
from tests.faces.desk.conftest import LogIn
from yangguang.aid.disbursement.actions import bank_file, prepare_batch
from yangguang.aid.disbursement.channels.bankfile.standin import answer
from yangguang.aid.disbursement.models import Batch
from yangguang.aid.disbursement.types import BatchStatus, Encoding
from yangguang.foundation.walls.context import Actor, acting, system

pytestmark = pytest.mark.slow


@pytest.fixture
def batch(db: None) -> Batch:
    """Prepare the batch of an approved plan of four families."""
    with acting(OTHER_PLANNER):
        planned_for(4)
        return prepare_batch(approved(40_000).pk, by=OTHER_PLANNER, at=AT)


@pytest.fixture
def approver(batch: Batch, log_in: LogIn) -> Client:
    """Log in whoever sends batches of the county."""
    return log_in("county_approver", COUNTY)


def status(batch: Batch) -> BatchStatus:
    with acting(system("3701")):
        batch.refresh_from_db()
    return BatchStatus(batch.status)


def returned(batch: Batch, *, failing: int) -> BytesIO:
    reader = Actor(id=1, name="银行", role="county_approver", scope="370112")
    with acting(reader):
        data = bank_file(batch.pk, encoding=Encoding.GB18030, by=reader, at=timezone.now())
    paid_at = timezone.localtime().replace(tzinfo=None)
    file = BytesIO(
        answer(data, encoding=Encoding.GB18030, seed=1, paid_at=paid_at, failing_per_mille=failing)
    )
    file.name = "returned.txt"
    return file


@pytest.mark.requirement(55)
def test_a_batch_goes_to_the_bank_and_back_and_every_sum_stands_beside_its_twin(
    batch: Batch, approver: Client
) -> None:
    place = f"/batches/{batch.pk}/"
    page = approver.get(place).text
    assert page.count("尚未到这一步") == 4
    assert page.count(">相等</span>") == 2
    approver.post(f"{place}send/", {"encoding": "gb18030"})
    approver.post(f"{place}results/", {"results": returned(batch, failing=0)})
    assert status(batch) is BatchStatus.ANSWERED
    approver.post(f"{place}reconcile/")
    assert status(batch) is BatchStatus.RECONCILED
    page = approver.get(place).text
    assert page.count(">相等</span>") == 6
    assert "不相等" not in page
    assert batch.file_fen == batch.total_fen == 40_000


def test_a_batch_is_taken_back_from_its_page_with_a_reason(batch: Batch, approver: Client) -> None:
    place = f"/batches/{batch.pk}/"
    assert "撤销批次" in approver.get(place).text
    refused = approver.post(f"{place}void/", {"reason": ""})
    assert (refused.status_code, status(batch)) == (409, BatchStatus.PREPARED)
    assert "撤销须写明理由" in refused.text
    assert batch.number in refused.text
    approver.post(f"{place}void/", {"reason": "开户行有误"})
    assert status(batch) is BatchStatus.VOIDED
    page = approver.get(place).text
    assert "开户行有误" in page
    assert "送出批次" not in page


def test_a_batch_that_was_never_sent_has_no_answer_to_read(batch: Batch, approver: Client) -> None:
    answer = approver.post(f"/batches/{batch.pk}/results/")
    assert answer.status_code == 409
    assert batch.number in answer.text
    assert status(batch) is BatchStatus.PREPARED


def test_each_failure_says_why_and_what_to_do(batch: Batch, approver: Client) -> None:
    place = f"/batches/{batch.pk}/"
    approver.post(f"{place}send/", {"encoding": "gb18030"})
    approver.post(f"{place}results/", {"results": returned(batch, failing=1000)})
    page = approver.get(place).text
    assert "登记新账户后，可从方案再制作一批" in page
    failures = page[page.index("怎么办") :]
    assert failures.count("<tr>") == 4
    assert all(word in failures for word in ("尾号", "账户"))


def test_whoever_prepared_a_batch_is_not_offered_its_sending(batch: Batch, log_in: LogIn) -> None:
    planner = log_in("county_planner", COUNTY)
    page = planner.get(f"/batches/{batch.pk}/").text
    assert "制单人不能送出自己的批次" in page
    assert planner.post(f"/batches/{batch.pk}/send/", {"encoding": "gbk"}).status_code == 403
    assert status(batch) is BatchStatus.PREPARED


def test_an_answer_that_is_no_answer_is_refused_whole(batch: Batch, approver: Client) -> None:
    place = f"/batches/{batch.pk}/"
    approver.post(f"{place}send/", {"encoding": "gb18030"})
    broken = BytesIO(returned(batch, failing=0).getvalue()[:-20])
    broken.name = "returned.txt"
    answer = approver.post(f"{place}results/", {"results": broken})
    assert answer.status_code == 409
    assert "末行没有摘要" in answer.text
    assert status(batch) is BatchStatus.SENT


def test_the_details_are_taken_away_without_cards_or_numbers(
    batch: Batch, approver: Client
) -> None:
    file = approver.post(f"/batches/{batch.pk}/export/")
    rows = list(load_workbook(BytesIO(file.content)).active.iter_rows(values_only=True))
    assert len(rows) == 5
    assert all(len(str(row[5])) == 4 for row in rows[1:])
    assert all(str(row[-1]).startswith("周岚 ") for row in rows[1:])


@pytest.mark.requirement(44)
def test_a_batch_of_another_county_is_not_there(batch: Batch, log_in: LogIn) -> None:
    stranger = log_in("county_approver", "370102000000")
    place = f"/batches/{batch.pk}/"
    assert stranger.get(place).status_code == 404
    for verb in ("send/", "file/", "results/", "reconcile/", "export/"):
        assert stranger.post(place + verb, {"encoding": "gbk"}).status_code == 404
    assert batch.number not in stranger.get("/batches/").text
    assert status(batch) is BatchStatus.PREPARED

"""What the pages of batches show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Sum

from yangguang.aid.disbursement.models import Batch, Instruction
from yangguang.aid.disbursement.queries.payees import Unpaid, unpaid
from yangguang.aid.disbursement.queries.sums import sums_of
from yangguang.aid.disbursement.rules import Sums
from yangguang.aid.disbursement.types import (
    BatchStatus,
    FailureCode,
    InstructionStatus,
    Unpayable,
)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch in a list; amounts in fen."""

    id: int
    number: str
    plan_id: int
    plan_number: str
    plan_title: str
    item_name: str
    period: str
    status: BatchStatus
    count: int
    total_fen: int
    encoding: str
    file_digest: str
    file_fen: int | None
    prepared_at: datetime
    prepared_by_name: str
    voided_at: datetime | None
    voided_reason: str
    sent_at: datetime | None
    sent_by_name: str
    answered_at: datetime | None
    reconciled_at: datetime | None


@dataclass(frozen=True, slots=True)
class InstructionRow:
    """A payment of a batch: holder in full, card by its last four digits, fen."""

    household_id: int
    household_number: str
    village_code: str
    sequence: int
    holder: str
    bank: str
    card_tail: str
    amount_fen: int
    status: InstructionStatus
    failure: FailureCode | None
    paid_date: date | None
    bank_serial: str


@dataclass(frozen=True, slots=True)
class Part:
    """How many instructions stand in a state or failed for a reason, and fen."""

    label: str
    count: int
    fen: int


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A batch, its sums wherever they are written down, its failures, and whom it could not pay.

    `sums.file` is what the bank file added up to when it was sent, 0 before.
    """

    batch: BatchRow
    sums: Sums
    by_status: list[Part]
    by_failure: list[Part]
    failed: list[InstructionRow]
    unpaid: list[Unpaid]


def batch_row(batch_id: int) -> BatchRow | None:
    """Give one batch, None when it is not within the actor's scope. One query."""
    batch = Batch.objects.select_related("plan").filter(pk=batch_id).first()
    return None if batch is None else _batch(batch)


def batch_list(*, plan_id: int | None = None, limit: int = 50, offset: int = 0) -> list[BatchRow]:
    """List the batches within the actor's scope, newest first. One query."""
    batches = Batch.objects.filter(**({"plan_id": plan_id} if plan_id else {}))
    page = batches.select_related("plan").order_by("-prepared_at", "-id")
    return [_batch(batch) for batch in page[offset : offset + limit]]


def batch_page(batch_id: int, *, failures: int = 100) -> BatchPage | None:
    """Give a batch, None when it is not within the actor's scope. Nine queries."""
    batch = Batch.objects.select_related("plan").filter(pk=batch_id).first()
    if batch is None:
        return None
    failed = batch.instructions.filter(status=InstructionStatus.FAILED).order_by("sequence")
    return BatchPage(
        batch=_batch(batch),
        sums=sums_of(batch, file_fen=batch.file_fen or 0),
        by_status=[
            Part(InstructionStatus(code).label, count, fen)
            for code, count, fen in _parts(batch, "status")
        ],
        by_failure=[
            Part(FailureCode(code).label, count, fen)
            for code, count, fen in _parts(batch, "failure")
            if code
        ],
        failed=[_instruction(row) for row in failed[:failures]],
        unpaid=[one for one in unpaid(batch.plan_id) if one.reason != Unpayable.FAILED_BEFORE],
    )


def export_rows(batch_id: int) -> Iterator[InstructionRow]:
    """Give a whole batch by sequence, for a sheet; read in portions. One query."""
    rows = Instruction.objects.filter(batch_id=batch_id).order_by("sequence")
    for row in rows.defer("card_sealed", "number_sealed", "card_blind").iterator(5000):
        yield _instruction(row)


def _parts(batch: Batch, field: str) -> list[tuple[str, int, int]]:
    return list(
        batch.instructions.values_list(field)
        .annotate(n=Count("id"), fen=Sum("amount_fen"))
        .order_by(field)
    )


def _batch(batch: Batch) -> BatchRow:
    return BatchRow(
        id=batch.pk,
        number=batch.number,
        plan_id=batch.plan_id,
        plan_number=batch.plan.number,
        plan_title=batch.plan.title,
        item_name=batch.plan.item_name,
        period=batch.period,
        status=BatchStatus(batch.status),
        count=batch.instructions_count,
        total_fen=batch.total_fen,
        encoding=batch.encoding,
        file_digest=batch.file_digest,
        file_fen=batch.file_fen,
        prepared_at=batch.prepared_at,
        prepared_by_name=batch.prepared_by_name,
        voided_at=batch.voided_at,
        voided_reason=batch.voided_reason,
        sent_at=batch.sent_at,
        sent_by_name=batch.sent_by_name,
        answered_at=batch.answered_at,
        reconciled_at=batch.reconciled_at,
    )


def _instruction(row: Instruction) -> InstructionRow:
    return InstructionRow(
        household_id=row.household_id,
        household_number=row.household_number,
        village_code=row.village_code,
        sequence=row.sequence,
        holder=row.holder_name,
        bank=row.bank,
        card_tail=row.card_tail,
        amount_fen=row.amount_fen,
        status=InstructionStatus(row.status),
        failure=FailureCode(row.failure) if row.failure else None,
        paid_date=row.paid_date,
        bank_serial=row.bank_serial,
    )

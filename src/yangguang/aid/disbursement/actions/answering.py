"""From the bank's answer to the ledger, and the proof that all sums agree."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from yangguang.aid.disbursement.actions.shared import (
    audit,
    demand_unchanged,
    file_of,
    lock,
    payments_root,
    state_of,
)
from yangguang.aid.disbursement.channels.bankfile.outgoing import total_of
from yangguang.aid.disbursement.channels.bankfile.returned import Answer, Expected, read_answers
from yangguang.aid.disbursement.models import Batch, Instruction
from yangguang.aid.disbursement.queries.sums import sums_of
from yangguang.aid.disbursement.rules import (
    AnotherAnswer,
    Sums,
    demand_agreement,
    demand_status,
)
from yangguang.aid.disbursement.types import BatchStatus, Encoding, InstructionStatus
from yangguang.aid.ledger.actions import post_payments
from yangguang.aid.ledger.types import Posting
from yangguang.aid.plans.actions.shared import demand_trail, ground_of
from yangguang.foundation.accounts.rules.roles import Permission, demand
from yangguang.foundation.walls.context import Actor, enter
from yangguang.foundation.walls.staging import staged

_COLUMNS = {
    "id": "bigint",
    "status": "text",
    "failure": "text",
    "paid_date": "date",
    "bank_serial": "text",
}
_UPDATE = """
UPDATE disbursement_instruction i
SET status = s.status, failure = s.failure, paid_date = s.paid_date, bank_serial = s.bank_serial
FROM staged_answer s WHERE i.id = s.id
"""


@transaction.atomic
def read_results(batch_id: int, *, data: bytes, by: Actor, at: datetime) -> Batch:
    """Enter the bank's answer to a sent batch: what arrived goes to the ledger, the rest is owed.

    The file counts as a whole or not at all, and once: the same file again changes nothing. Raises
    `NotPermitted`, `NotInArea`, `StatusUnfit` (not sent yet), `AnotherAnswer`, `FileRefused` naming
    the row, `AnchorTooOld`.
    """
    demand(by.role, Permission.SEND_BATCH)
    batch = lock(batch_id)
    digest = hashlib.sha256(data).hexdigest()
    if batch.results_digest:
        return _answered(batch, digest)
    demand_status(BatchStatus(batch.status), BatchStatus.SENT)
    demand_trail(batch.plan, at=at)
    instructions = list(
        batch.instructions.order_by("sequence").defer("card_sealed", "number_sealed")
    )
    answers = read_answers(
        data,
        batch_number=batch.number,
        expected=[
            Expected(one.household_number, one.card_tail, one.amount_fen) for one in instructions
        ],
        encoding=Encoding(batch.encoding),
        sent_date=localdate(batch.sent_at),
        on=localdate(at),
    )
    with staged("staged_answer", _COLUMNS, _rows(instructions, answers)) as cursor:
        cursor.execute(_UPDATE)
    _post(batch, instructions, answers, by=by, at=at)
    before = state_of(batch)
    batch.status, batch.results_digest = BatchStatus.ANSWERED, digest
    batch.answered_at, batch.answered_by = at, by.id
    batch.save()
    audit(
        "read_results",
        batch,
        before=before,
        by=by,
        at=at,
        content={"results": digest},
        ground=ground_of(batch.plan),
        root=payments_root(batch),
    )
    return batch


@transaction.atomic
def reconcile(batch_id: int, *, by: Actor, at: datetime) -> Sums:
    """Prove that plan, batch, bank file, answer and ledger agree to the fen; gives the sums.

    Reconciled already, nothing changes. Raises `NotPermitted`, `NotInArea`, `StatusUnfit`,
    `FileChanged`, `Difference`.
    """
    demand(by.role, Permission.SEND_BATCH)
    batch = lock(batch_id)
    demand_status(BatchStatus(batch.status), BatchStatus.ANSWERED, BatchStatus.RECONCILED)
    encoding = Encoding(batch.encoding)
    data = file_of(batch, encoding)
    demand_unchanged(batch, hashlib.sha256(data).hexdigest())
    with _wherever_they_live(by):
        sums = sums_of(batch, file_fen=total_of(data, encoding=encoding))
    demand_agreement(sums)
    if batch.status == BatchStatus.ANSWERED:
        before = state_of(batch)
        batch.status, batch.reconciled_at, batch.reconciled_by = BatchStatus.RECONCILED, at, by.id
        batch.save()
        audit("reconcile", batch, before=before, by=by, at=at)
    return sums


def _answered(batch: Batch, digest: str) -> Batch:
    if digest != batch.results_digest:
        raise AnotherAnswer(
            "本批次已登记过回单，这份回单与原来的不同，未受理。请与银行核对后再处理。"
        )
    return batch


def _rows(
    instructions: Sequence[Instruction], answers: Sequence[Answer]
) -> Iterator[tuple[object, ...]]:
    for instruction, answer in zip(instructions, answers, strict=True):
        status = InstructionStatus.FAILED if answer.failure else InstructionStatus.PAID
        yield (
            instruction.pk,
            status.value,
            answer.failure.value if answer.failure else "",
            answer.paid_date,
            answer.serial,
        )


def _post(
    batch: Batch,
    instructions: Sequence[Instruction],
    answers: Sequence[Answer],
    *,
    by: Actor,
    at: datetime,
) -> None:
    postings = (
        Posting(
            instruction.entry_id,
            answer.paid_date,
            instruction.amount_fen,
            f"{batch.number}/{instruction.household_number}",
        )
        for instruction, answer in zip(instructions, answers, strict=True)
        if answer.paid_date is not None
    )
    with _wherever_they_live(by):
        post_payments(postings, area_code=batch.area_code, by=by, at=at, key=batch.number)


@contextmanager
def _wherever_they_live(by: Actor) -> Iterator[None]:
    """Reach the batch's own entries in the whole province: a family may have moved since.

    The bank has paid it all the same; without this a single removal would hold up a whole batch.
    """
    enter(replace(by, scope=by.scope[:2]))
    yield
    enter(by)

"""Taking back a batch that never went to the bank."""

from datetime import datetime

from django.db import transaction

from yangguang.aid.disbursement.actions.shared import audit, lock
from yangguang.aid.disbursement.models import Batch
from yangguang.aid.disbursement.rules import demand_reason, demand_status
from yangguang.aid.disbursement.types import BatchStatus, InstructionStatus
from yangguang.foundation.accounts.rules.roles import Permission, demand, permits
from yangguang.foundation.walls.context import Actor


@transaction.atomic
def void_batch(batch_id: int, *, reason: str, by: Actor, at: datetime) -> Batch:
    """Void a prepared batch; its families are promised still, and a further batch takes them.

    Whoever prepares or sends batches may: no money moves by it. Voided already, nothing changes.
    Raises `NotPermitted`, `NotInArea`, `ReasonMissing`, `StatusUnfit` once it was sent.
    """
    if not permits(by.role, Permission.SEND_BATCH):
        demand(by.role, Permission.DRAW_PLAN)
    batch, text = lock(batch_id), demand_reason(reason)
    if batch.status == BatchStatus.VOIDED:
        return batch
    demand_status(BatchStatus(batch.status), BatchStatus.PREPARED)
    batch.instructions.update(status=InstructionStatus.VOID)
    batch.status, batch.voided_reason = BatchStatus.VOIDED, text
    batch.voided_at, batch.voided_by = at, by.id
    batch.save()
    audit("void_batch", batch, by=by, at=at, reason=text)
    return batch

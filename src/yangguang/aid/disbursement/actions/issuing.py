"""From an approved plan to a file at the bank."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from yangguang.aid.disbursement.actions.shared import (
    audit,
    card_place,
    demand_unchanged,
    file_of,
    lock,
    number_place,
    payments_root,
    state_of,
)
from yangguang.aid.disbursement.channels.bankfile.outgoing import total_of
from yangguang.aid.disbursement.models import Batch
from yangguang.aid.disbursement.queries.payees import Payee, payees
from yangguang.aid.disbursement.rules import (
    NothingToPay,
    NotInArea,
    StatusUnfit,
    demand_another,
    demand_status,
)
from yangguang.aid.disbursement.types import BatchStatus, Encoding, InstructionStatus
from yangguang.aid.plans.actions.shared import demand_trail, ground_of
from yangguang.aid.plans.models import Plan
from yangguang.aid.plans.types import PlanStatus
from yangguang.foundation.accounts.rules.roles import Permission, demand
from yangguang.foundation.catalogue.types import AidKind
from yangguang.foundation.walls.context import Actor
from yangguang.foundation.walls.sealing import blind, seal
from yangguang.foundation.walls.staging import staged

# A voided batch has no file.
STANDING = tuple(one for one in BatchStatus if one is not BatchStatus.VOIDED)
_COLUMNS = {
    "sequence": "integer",
    "household_id": "bigint",
    "entry_id": "bigint",
    "household_number": "text",
    "village_code": "text",
    "holder_name": "text",
    "number_sealed": "bytea",
    "bank": "text",
    "card_sealed": "bytea",
    "card_blind": "bytea",
    "card_tail": "text",
    "amount_fen": "bigint",
}
_INSERT = f"""
INSERT INTO disbursement_instruction ({", ".join(_COLUMNS)}, batch_id, area_code, period, status,
  failure, bank_serial)
SELECT {", ".join(_COLUMNS)}, %s, %s, %s, '{InstructionStatus.WAITING}', '', ''
FROM staged_instruction ORDER BY sequence
"""


@transaction.atomic
def prepare_batch(plan_id: int, *, by: Actor, at: datetime) -> Batch:
    """Make one instruction for each family of an approved plan that has an account.

    Families without an account (`queries.payees.unpaid` lists them with the reason) stay promised;
    once they have one, or another one after a payment failed, the verb makes a further batch of
    them alone. With nobody new to pay it gives the batch there is. Raises `NotPermitted`,
    `NotInArea`, `StatusUnfit` (the plan is not approved, or gives no cash), `NothingToPay`.
    """
    demand(by.role, Permission.DRAW_PLAN)
    plan = _approved(plan_id)
    found = payees(plan)
    if not found:
        return _last(plan)
    run = Batch.objects.filter(plan=plan).count() + 1
    batch = Batch.objects.create(
        plan=plan,
        run=run,
        area_code=plan.area_code,
        number=f"B{plan.number.removeprefix('P')}-{run:02}",
        status=BatchStatus.PREPARED,
        period=f"{localdate(at):%Y%m}",
        instructions_count=len(found),
        total_fen=sum(payee.amount_fen for payee in found),
        prepared_at=at,
        prepared_by=by.id,
        prepared_by_name=by.name,
    )
    with staged("staged_instruction", _COLUMNS, _rows(found)) as cursor:
        cursor.execute(_INSERT, [batch.pk, batch.area_code, batch.period])
    audit("prepare_batch", batch, by=by, at=at)
    return batch


@transaction.atomic
def bank_file(batch_id: int, *, encoding: Encoding, by: Actor, at: datetime) -> bytes:
    """Give the bank file of a batch to whoever may send it; once sent, in the encoding it went.

    The reading is a record, for the file holds cards and numbers in clear. Raises `NotPermitted`,
    `NotInArea`, `FileRefused` (a sign the encoding cannot hold, its row named), `FileChanged`.
    """
    demand(by.role, Permission.SEND_BATCH)
    batch = lock(batch_id)
    demand_status(BatchStatus(batch.status), *STANDING)
    data = file_of(batch, Encoding(batch.encoding or encoding))
    digest = hashlib.sha256(data).hexdigest()
    if batch.file_digest:
        demand_unchanged(batch, digest)
    audit("bank_file", batch, by=by, at=at, content={"read": digest})
    return data


@transaction.atomic
def send_batch(batch_id: int, *, encoding: Encoding, by: Actor, at: datetime) -> bytes:
    """Authorise a batch, fix its file by digest, and give the file; sent already, the same file.

    A second person: whoever prepared it is refused. Raises `NotPermitted`, `NotInArea`,
    `SamePerson`, `StatusUnfit` (voided), `FileRefused` (a sign the encoding cannot hold, its row
    named), `FileChanged`, `AnchorTooOld`.
    """
    demand(by.role, Permission.SEND_BATCH)
    batch = lock(batch_id)
    demand_another(by.id, prepared_by=batch.prepared_by)
    demand_status(BatchStatus(batch.status), *STANDING)
    data = file_of(batch, Encoding(batch.encoding or encoding))
    digest = hashlib.sha256(data).hexdigest()
    if batch.status != BatchStatus.PREPARED:
        demand_unchanged(batch, digest)
        return data
    demand_trail(batch.plan, at=at)
    before = state_of(batch)
    batch.status, batch.encoding, batch.file_digest = BatchStatus.SENT, encoding, digest
    batch.file_fen = total_of(data, encoding=encoding)
    batch.sent_at, batch.sent_by, batch.sent_by_name = at, by.id, by.name
    batch.save()
    ground, root = ground_of(batch.plan), payments_root(batch)
    audit("send_batch", batch, before=before, by=by, at=at, ground=ground, root=root)
    return data


def _approved(plan_id: int) -> Plan:
    plan = Plan.objects.select_for_update(no_key=True).filter(pk=plan_id).first()
    if plan is None:
        raise NotInArea("没有找到这份方案，或不在您的辖区。请从方案列表重新进入。")
    if plan.status != PlanStatus.APPROVED:
        raise StatusUnfit(f"方案目前“{PlanStatus(plan.status).label}”，审批后才能制作发放批次。")
    if plan.kind != AidKind.CASH:
        raise StatusUnfit(f"这个事项是{AidKind(plan.kind).label}，不经银行发放。请按相应方式登记。")
    return plan


def _last(plan: Plan) -> Batch:
    batch = (
        Batch.objects.filter(plan=plan).exclude(status=BatchStatus.VOIDED).order_by("-run").first()
    )
    if batch is None:
        raise NothingToPay("名单中的家庭都没有可用账户，未制单。请先补登账户，再制作批次。")
    return batch


def _rows(found: Sequence[Payee]) -> Iterator[tuple[object, ...]]:
    for sequence, payee in enumerate(found, 1):
        yield (
            sequence,
            payee.household_id,
            payee.entry_id,
            payee.household_number,
            payee.village_code,
            payee.holder,
            seal(payee.number, place=number_place(payee.entry_id)),
            payee.bank,
            seal(payee.card, place=card_place(payee.entry_id)),
            blind(payee.card),
            payee.card[-4:],
            payee.amount_fen,
        )

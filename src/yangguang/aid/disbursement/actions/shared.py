"""What all verbs of batches do first and last."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from yangguang.aid.disbursement.channels.bankfile.outgoing import Order, Payment, make_file
from yangguang.aid.disbursement.models import Batch, Instruction
from yangguang.aid.disbursement.rules import FileChanged, NotInArea, payment_line
from yangguang.aid.disbursement.types import Encoding
from yangguang.foundation.audit.actions import record
from yangguang.foundation.audit.rules import merkle
from yangguang.foundation.walls.context import Actor
from yangguang.foundation.walls.sealing import unseal


def lock(batch_id: int) -> Batch:
    """Give a batch locked until the transaction ends. Raises `NotInArea` when it is not visible."""
    batches = Batch.objects.select_for_update(of=("self",), no_key=True).select_related("plan")
    batch = batches.filter(pk=batch_id).first()
    if batch is None:
        raise NotInArea("没有找到这个批次，或不在您的辖区。请从批次列表重新进入。")
    return batch


def file_of(batch: Batch, encoding: Encoding) -> bytes:
    """Make the bank file of a batch. Raises `FileRefused` naming the row for an unfit sign."""
    order = Order(
        batch_number=batch.number,
        item_code=batch.plan.item_code,
        document=batch.plan.number,
        summary=batch.plan.item_name,
        period=batch.period,
    )
    rows = batch.instructions.order_by("sequence").values_list(
        "village_code",
        "household_number",
        "holder_name",
        "number_sealed",
        "bank",
        "card_sealed",
        "amount_fen",
        "entry_id",
    )
    payments = [
        Payment(
            village_code=village,
            household_number=household,
            name=name,
            number=unseal(bytes(number), place=number_place(entry_id)),
            bank=bank,
            card=unseal(bytes(card), place=card_place(entry_id)),
            amount_fen=fen,
        )
        for village, household, name, number, bank, card, fen, entry_id in rows.iterator(5000)
    ]
    return make_file(order, payments, encoding=encoding)


def demand_unchanged(batch: Batch, digest: str) -> None:
    """Accept a file made again that is the one sent. Raises `FileChanged`."""
    if digest != batch.file_digest:
        raise FileChanged(
            "重新生成的银行文件与送出的不一致，已停止办理。请立即联系系统管理员核查。"
        )


def payments_root(batch: Batch) -> bytes:
    """Give the Merkle root over a batch's payments as they stand now, in their order."""
    return merkle.root([payment_line(batch.number, *row) for row in _payments(batch)])


def payment_proof(batch: Batch, sequence: int) -> tuple[bytes, list[bytes]]:
    """Give a payment's line and the proof that it is among those of `payments_root`.

    Raises IndexError when the batch has no payment of that number.
    """
    lines = [payment_line(batch.number, *row) for row in _payments(batch)]
    return lines[sequence - 1], merkle.proof(lines, sequence - 1)


def _payments(batch: Batch) -> QuerySet[Instruction, tuple[Any, ...]]:
    return batch.instructions.order_by("sequence").values_list(
        "sequence",
        "household_number",
        "amount_fen",
        "card_blind",
        "status",
        "failure",
        "paid_date",
        "bank_serial",
    )


def card_place(entry_id: int) -> str:
    """Name the place for which an instruction's card is sealed."""
    return f"instruction.card.{entry_id}"


def number_place(entry_id: int) -> str:
    """Name the place for which an instruction's identity number is sealed."""
    return f"instruction.number.{entry_id}"


def state_of(batch: Batch) -> dict[str, object]:
    """Give what the trail keeps of a batch before and after a verb, as a digest."""
    return {
        "number": batch.number,
        "status": str(batch.status),
        "count": batch.instructions_count,
        "total_fen": batch.total_fen,
        "file": batch.file_digest,
    }


def audit(
    verb: str,
    batch: Batch,
    *,
    by: Actor,
    at: datetime,
    before: dict[str, object] | None = None,
    content: dict[str, object] | None = None,
    reason: str = "",
    ground: str = "",
    root: bytes = b"",
) -> None:
    """Append the verb to the trail: the batch before and after and what is given, as digests.

    `root` is that of `payments_root`, where the verb is about each payment.
    """
    after = state_of(batch)
    record(
        f"disbursement.{verb}",
        kind="batch",
        key=batch.number,
        area_code=batch.area_code,
        by=by,
        at=at,
        reason=reason,
        ground=ground,
        content={**after, **(content or {})},
        before=before,
        after=after,
        root=root,
    )

"""What a batch refuses, and when its sums agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yangguang.aid.disbursement.types import BatchStatus
from yangguang.foundation.audit.rules.canonical import framed
from yangguang.foundation.kernel.money import Fen, format_fen
from yangguang.foundation.kernel.refusals import Refusal


class StatusUnfit(Refusal):
    """The plan or batch is not in the state in which the verb is possible."""


class SamePerson(Refusal):
    """四眼原则: who prepared the batch wants to send it."""


class NotInArea(Refusal):
    """The batch does not exist, or lies outside the actor's scope."""


class ReasonMissing(Refusal):
    """A batch is to be voided without a reason, or with one too long to keep."""


class NothingToPay(Refusal):
    """No family of the plan can be paid through the bank."""


class FileChanged(Refusal):
    """The bank file made again is not the one that was sent."""


class AnotherAnswer(Refusal):
    """The bank's answer to this batch is already in, and it was another one."""


class Difference(Refusal):
    """Plan, batch, bank file, bank's answer and ledger do not agree to the fen."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What one batch says in every place it is written down; all in fen.

    `plan` what was approved; `issued` in all batches of the plan; `not_issued` on the list without
    an instruction; `batch` the head of this batch; `instructions`, `file` this batch line by line
    and in the bank file; `paid`, `failed`, `waiting` by the bank's answer; `ledger` what the ledger
    received from this batch; `promised` what it still owes to the families whose payment failed,
    or has paid them since by a later batch.
    """

    plan: int
    issued: int
    not_issued: int
    batch: int
    instructions: int
    file: int
    paid: int
    failed: int
    waiting: int
    ledger: int
    promised: int


def demand_agreement(sums: Sums) -> None:
    """Accept sums that agree to the fen. Raises `Difference` naming the first two that do not."""
    pairs: Sequence[tuple[str, int, int]] = (
        ("方案合计与各批次加未制单金额", sums.plan, sums.issued + sums.not_issued),
        ("批次合计与逐笔指令", sums.batch, sums.instructions),
        ("批次合计与银行文件", sums.batch, sums.file),
        ("批次合计与银行回单", sums.batch, sums.paid + sums.failed),
        ("回单到账金额与台账到账金额", sums.paid, sums.ledger),
        ("回单失败金额与台账已批未付金额", sums.failed, sums.promised),
    )
    for name, left, right in pairs:
        if left != right:
            raise Difference(
                f"{name}相差{format_fen(Fen(left - right))}元，未对平。"
                "请逐笔核对后再对账，差额未查清前不要补发。"
            )


def demand_status(status: BatchStatus, *allowed: BatchStatus) -> None:
    """Accept a batch in one of the states. Raises `StatusUnfit`."""
    if status not in allowed:
        wanted = "、".join(f"“{one.label}”" for one in allowed)
        raise StatusUnfit(f"批次目前“{status.label}”，须为{wanted}才能办理。请刷新后查看最新状态。")


def demand_reason(reason: str) -> str:
    """Give the reason without blanks at its ends. Raises `ReasonMissing`."""
    text = reason.strip()
    if not text or len(text) > 200:
        raise ReasonMissing("撤销须写明理由，不超过200字。请填写后再提交，理由会留痕备查。")
    return text


def demand_another(sender: int, *, prepared_by: int) -> None:
    """Accept a sender who did not prepare the batch. Raises `SamePerson`."""
    if sender == prepared_by:
        raise SamePerson("批次由您制单，不能由您送出。请由另一位授权人办理。")


def payment_line(
    batch_number: str,
    sequence: int,
    household_number: str,
    amount_fen: Fen,
    card_blind: bytes,
    status: str,
    failure: str,
    paid_date: date | None,
    bank_serial: str,
) -> bytes:
    """Write a payment in the one way in which the trail takes it into a batch's Merkle root.

    The card enters by its keyed digest: the line can be shown to the family, the card stays unseen.
    """
    return framed(
        (
            batch_number,
            sequence,
            household_number,
            amount_fen,
            bytes(card_blind),
            status,
            failure,
            paid_date.isoformat() if paid_date else "",
            bank_serial,
        )
    )

"""What the page of a batch says: its sums side by side, and what to do about each failure."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yangguang.aid.disbursement.queries.pages import BatchPage
from yangguang.aid.disbursement.types import BatchStatus, Encoding, FailureCode
from yangguang.foundation.accounts.rules.roles import Permission, permits
from yangguang.foundation.walls.context import Actor

TONES = {
    BatchStatus.PREPARED: "info",
    BatchStatus.SENT: "warn",
    BatchStatus.ANSWERED: "warn",
    BatchStatus.RECONCILED: "ok",
    BatchStatus.VOIDED: "quiet",
}
ADVICE = {
    FailureCode.NAME: gettext_lazy("核对户名与身份证姓名，请家庭到开户行更正，或换用本人账户。"),
    FailureCode.CLOSED: gettext_lazy("请家庭提供在用的账户，在档案里登记新账户。"),
    FailureCode.FROZEN: gettext_lazy("请持卡人到开户行查明冻结原因，或换用其他账户。"),
    FailureCode.NUMBER: gettext_lazy("核对证件号码，请家庭到开户行更新证件信息，或换用其他账户。"),
    FailureCode.OTHER: gettext_lazy("请与银行核实原因后，再更正账户。"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison: what is compared, both sums in fen, None while one is not there yet."""

    name: str
    left: int
    right: int | None

    @property
    def differs(self) -> bool:
        """Tell whether both are there and are not the same to the fen."""
        return self.right is not None and self.left != self.right


def batch_context(page: BatchPage, by: Actor, *, is_trial: bool) -> dict[str, Any]:
    """Give what the page of a batch shows, and which acts are open to this officer."""
    return {
        "section": "batches",
        "page": page,
        "batch": page.batch,
        "tone": TONES[page.batch.status],
        "checks": checks(page),
        "advice": ADVICE,
        "may_void": batch_is_open(page)
        and any(permits(by.role, one) for one in (Permission.DRAW_PLAN, Permission.SEND_BATCH)),
        "sends": permits(by.role, Permission.SEND_BATCH),
        "prepares": permits(by.role, Permission.DRAW_PLAN),
        "encodings": Encoding.pairs(),
        "is_trial": is_trial,
    }


def batch_is_open(page: BatchPage) -> bool:
    """Tell whether a batch may still be taken back."""
    return page.batch.status is BatchStatus.PREPARED


def checks(page: BatchPage) -> list[Check]:
    """Give the comparisons that reconciliation makes, as far as the batch has come."""
    sums, batch = page.sums, page.batch
    is_sent = batch.sent_at is not None
    is_answered = batch.status in (BatchStatus.ANSWERED, BatchStatus.RECONCILED)
    return [
        Check(_("方案合计 = 各批次 + 未制单"), sums.plan, sums.issued + sums.not_issued),
        Check(_("批次合计 = 逐笔指令"), sums.batch, sums.instructions),
        Check(_("批次合计 = 银行文件"), sums.batch, sums.file if is_sent else None),
        Check(
            _("批次合计 = 回单到账 + 失败"),
            sums.batch,
            sums.paid + sums.failed if is_answered else None,
        ),
        Check(_("回单到账 = 台账到账"), sums.paid, sums.ledger if is_answered else None),
        Check(_("回单失败 = 台账待付或补发"), sums.failed, sums.promised if is_answered else None),
    ]

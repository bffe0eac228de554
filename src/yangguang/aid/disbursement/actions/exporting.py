"""Giving out a batch as a workbook: who took it, and when, is a record."""

from datetime import datetime
from io import BytesIO

from django.db import transaction

from yangguang.aid.disbursement.actions.shared import audit
from yangguang.aid.disbursement.channels.sheets import write_batch
from yangguang.aid.disbursement.models import Batch
from yangguang.aid.disbursement.queries.exports import batch_subject
from yangguang.aid.disbursement.queries.pages import export_rows
from yangguang.aid.disbursement.rules import NotInArea
from yangguang.aid.plans.actions.requesting import take_consent
from yangguang.foundation.accounts.rules.roles import Permission, demand
from yangguang.foundation.walls.context import Actor


@transaction.atomic
def export_batch(batch_id: int, *, by: Actor, at: datetime) -> bytes:
    """Give a batch payment by payment as a workbook, amounts in yuan, cards by their last digits.

    More than 500 rows are given once, with another person's consent. Raises `NotPermitted`,
    `NotInArea`, `SecondPersonNeeded`.
    """
    demand(by.role, Permission.EXPORT_LISTS)
    batch = Batch.objects.select_related("plan").filter(pk=batch_id).first()
    if batch is None:
        raise NotInArea("没有找到这个批次，或不在您的辖区。请从批次列表重新进入。")
    take_consent(batch_subject(batch), by=by, at=at)
    file = BytesIO()
    write_batch(
        file,
        number=batch.number,
        rows=export_rows(batch_id),
        taken=f"{by.name} {at:%Y-%m-%d %H:%M}",
    )
    audit("export_batch", batch, by=by, at=at)
    return file.getvalue()

"""A batch as something that may be exported."""

from yangguang.aid.disbursement.models import Batch
from yangguang.aid.plans.types import ExportKind, Subject


def batch_subject(batch: Batch) -> Subject:
    """Give a batch as the subject of an export."""
    return Subject(
        kind=ExportKind.BATCH, key=batch.pk, number=batch.number, title=batch.plan.title,
        area_code=batch.area_code, rows=batch.instructions_count,
    )  # fmt: skip


def batch_subject_of(batch_id: int) -> Subject | None:
    """Give a batch of the scope as the subject of an export, or None. One query."""
    batch = Batch.objects.select_related("plan").filter(pk=batch_id).first()
    return batch_subject(batch) if batch else None

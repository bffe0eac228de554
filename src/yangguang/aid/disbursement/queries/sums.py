"""What one batch says in every place it is written down."""

from django.db import connection

from yangguang.aid.disbursement.models import Batch
from yangguang.aid.disbursement.rules import Sums
from yangguang.aid.disbursement.types import InstructionStatus

_INSTRUCTIONS = f"""
SELECT coalesce(sum(amount_fen), 0),
  coalesce(sum(amount_fen) FILTER (WHERE status = '{InstructionStatus.PAID}'), 0),
  coalesce(sum(amount_fen) FILTER (WHERE status = '{InstructionStatus.FAILED}'), 0),
  coalesce(sum(amount_fen) FILTER (WHERE status = '{InstructionStatus.WAITING}'), 0)
FROM disbursement_instruction WHERE batch_id = %s
"""
_ISSUED = f"""
SELECT coalesce(sum(l.amount_fen) FILTER (WHERE i.id IS NOT NULL), 0),
  coalesce(sum(l.amount_fen) FILTER (WHERE i.id IS NULL), 0)
FROM plans_planline l LEFT JOIN (
  SELECT DISTINCT ON (i.household_id) i.id, i.household_id
  FROM disbursement_instruction i JOIN disbursement_batch b ON b.id = i.batch_id
  WHERE b.plan_id = %s AND i.status <> '{InstructionStatus.VOID}'
  ORDER BY i.household_id, i.id) i ON i.household_id = l.household_id
WHERE l.plan_id = %s AND l.is_included
"""
_LEDGER = f"""
SELECT coalesce((SELECT sum(p.amount_fen) FROM disbursement_instruction i
    JOIN ledger_payment p ON p.entry_id = i.entry_id
      AND p.reference = %s || '/' || i.household_number
    WHERE i.batch_id = %s), 0),
  coalesce((SELECT sum(CASE WHEN j.id IS NULL THEN e.promised_fen ELSE i.amount_fen END)
    FROM disbursement_instruction i JOIN ledger_entry e ON e.id = i.entry_id
    LEFT JOIN disbursement_instruction j
      ON j.entry_id = i.entry_id AND j.status = '{InstructionStatus.PAID}'
    WHERE i.batch_id = %s AND i.status = '{InstructionStatus.FAILED}'), 0)
"""


def sums_of(batch: Batch, *, file_fen: int) -> Sums:
    """Add up plan, batches, instructions, bank's answer and ledger; `file_fen` is the file's total.

    All in fen. Three queries.
    """
    with connection.cursor() as cursor:
        cursor.execute(_INSTRUCTIONS, [batch.pk])
        instructions, paid, failed, waiting = map(int, cursor.fetchone())
        cursor.execute(_ISSUED, [batch.plan_id, batch.plan_id])
        issued, not_issued = map(int, cursor.fetchone())
        cursor.execute(_LEDGER, [batch.number, batch.pk, batch.pk])
        ledger, promised = map(int, cursor.fetchone())
    return Sums(
        plan=batch.plan.total_fen,
        issued=issued,
        not_issued=not_issued,
        batch=batch.total_fen,
        instructions=instructions,
        file=file_fen,
        paid=paid,
        failed=failed,
        waiting=waiting,
        ledger=ledger,
        promised=promised,
    )

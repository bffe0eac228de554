"""Whom a plan still has to pay, and through which account."""

from dataclasses import dataclass

from yangguang.aid.disbursement.types import InstructionStatus, Unpayable
from yangguang.aid.ledger.types import Origin
from yangguang.aid.plans.models import Plan
from yangguang.foundation.walls.joins import joining_whole_tables
from yangguang.foundation.walls.sealing import unseal


@dataclass(frozen=True, slots=True)
class Payee:
    """A family to pay: holder, identity number, bank and card in clear; the amount in fen."""

    entry_id: int
    household_id: int
    household_number: str
    village_code: str
    holder: str
    number: str
    bank: str
    card: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Unpaid:
    """A family on an approved list that cannot be paid now; it stays promised; fen."""

    household_number: str
    head: str
    village_code: str
    amount_fen: int
    reason: Unpayable


_OPEN = f"""
FROM plans_planline l
LEFT JOIN registry_household h ON h.id = l.household_id
LEFT JOIN registry_person head ON head.id = h.head_id
LEFT JOIN ledger_entry e ON e.household_id = l.household_id AND e.origin = '{Origin.PLAN}'
  AND e.reference = %s || '/' || l.household_number AND NOT e.is_failed
LEFT JOIN registry_bankaccount b ON b.household_id = h.id AND b.ended_date IS NULL
LEFT JOIN registry_person p ON p.id = b.holder_id
WHERE l.plan_id = %s AND l.is_included AND NOT EXISTS (
  SELECT 1 FROM disbursement_instruction i JOIN disbursement_batch t ON t.id = i.batch_id
  WHERE t.plan_id = l.plan_id AND i.household_id = l.household_id
    AND i.status NOT IN ('{InstructionStatus.FAILED}', '{InstructionStatus.VOID}'))
"""
# The same card under the same name would fail again.
_FAILED_BEFORE = f"""EXISTS (
  SELECT 1 FROM disbursement_instruction i JOIN disbursement_batch t ON t.id = i.batch_id
  WHERE t.plan_id = l.plan_id AND i.household_id = l.household_id
    AND i.status = '{InstructionStatus.FAILED}'
    AND i.card_blind = b.card_blind AND i.holder_name = p.name)"""
_PAYABLE = f"""b.id IS NOT NULL AND p.died_date IS NULL AND h.closed_date IS NULL
  AND e.id IS NOT NULL AND NOT {_FAILED_BEFORE}"""


def payees(plan: Plan) -> list[Payee]:
    """List the families not paid nor on the way that can be paid, by rank. One query."""
    with joining_whole_tables() as cursor:
        cursor.execute(
            f"""SELECT e.id, h.id, l.household_number, h.area_code, p.name, p.id, p.number_sealed,
              b.bank, b.card_sealed, l.amount_fen
            {_OPEN} AND {_PAYABLE} ORDER BY l.position, l.id""",
            [plan.number, plan.pk],
        )
        return [_payee(*row) for row in cursor.fetchall()]


def unpaid(plan_id: int) -> list[Unpaid]:
    """List the families not paid nor on the way that cannot be paid now, and why. Two queries."""
    number = Plan.objects.filter(pk=plan_id).values_list("number", flat=True).first()
    with joining_whole_tables() as cursor:
        cursor.execute(
            f"""SELECT l.household_number, coalesce(head.name, ''), l.area_code, l.amount_fen,
              CASE WHEN h.id IS NULL OR e.id IS NULL THEN '{Unpayable.MOVED}'
                   WHEN h.closed_date IS NOT NULL THEN '{Unpayable.LEFT}'
                   WHEN b.id IS NULL THEN '{Unpayable.NO_ACCOUNT}'
                   WHEN p.died_date IS NOT NULL THEN '{Unpayable.HOLDER_DIED}'
                   ELSE '{Unpayable.FAILED_BEFORE}' END
            {_OPEN} AND NOT ({_PAYABLE}) ORDER BY l.position, l.id""",
            [number, plan_id],
        )
        return [
            Unpaid(number, head, village, fen, Unpayable(reason))
            for number, head, village, fen, reason in cursor.fetchall()
        ]


def _payee(
    entry_id: int,
    household_id: int,
    household_number: str,
    village_code: str,
    holder: str,
    holder_id: int,
    number_sealed: bytes,
    bank: str,
    card_sealed: bytes,
    amount_fen: int,
) -> Payee:
    return Payee(
        entry_id=entry_id,
        household_id=household_id,
        household_number=household_number,
        village_code=village_code,
        holder=holder,
        number=unseal(number_sealed, place=f"person.number.{holder_id}"),
        bank=bank,
        card=unseal(card_sealed, place=f"bankaccount.card.{household_id}"),
        amount_fen=amount_fen,
    )

"""The closed lists of the ledger, and what is handed to it."""

from dataclasses import dataclass
from datetime import date

from yangguang.foundation.catalogue.types import AidKind, AidType
from yangguang.foundation.kernel.choices import Choices


class Origin(Choices):
    """记录来源."""

    DECISION = "decision", "审批决定"
    PLAN = "plan", "救助方案"
    REPORTED = "reported", "部门报送"
    DONOR = "donor", "社会捐助"
    IMPORTED = "imported_aid", "名册记载"
    MADE = "made_aid", "示例救助"


@dataclass(frozen=True, slots=True)
class Aid:
    """What aid it is: the item, its type and kind, who gives it and how it counts."""

    item_code: str
    type: AidType
    kind: AidKind
    payer: str
    is_discretionary: bool
    is_counted: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """What one household is promised, fen; `reference` is unique within its origin."""

    household_id: int
    amount_fen: int
    reference: str


@dataclass(frozen=True, slots=True)
class Posting:
    """Money or worth that reached a family, fen; `reference` is unique over the whole ledger."""

    entry_id: int
    paid_date: date
    amount_fen: int
    reference: str

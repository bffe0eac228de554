"""What is handed in about a household: typed, with source and day, before it is stored.

Amounts are whole fen over twelve months unless the name says monthly.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from yangguang.families.registry.types import (
    AssetKind,
    Category,
    Cause,
    DisabilityKind,
    DwellingGrade,
    Illness,
    IncomeClass,
    Marital,
    Occupation,
    PropertyStatus,
    RegisterType,
    Relation,
    Sex,
    ShockKind,
    Source,
    SpendingKind,
    Student,
    Tenure,
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where a fact comes from and as of which day it holds."""

    source: Source
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFactsEntry:
    """Health, disability, schooling, work and family state of one person."""

    stamp: Stamp
    occupation: Occupation
    marital: Marital
    illness: Illness | None = None
    disease: str = ""
    disability_kind: DisabilityKind | None = None
    disability_grade: int | None = None
    disability_card: bool = False
    student: Student | None = None
    school: str = ""
    employed: bool = False
    employer: str = ""
    monthly_income_fen: int = 0
    unable_to_work: bool = False
    self_care_failed: int | None = None
    unsupported_child: bool = False
    special: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry:
    """A person; without a number, `sex` and `born` are needed and a temporary number is lent."""

    name: str
    number: str = ""
    sex: Sex | None = None
    born: date | None = None
    ethnic: str = "汉族"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEntry:
    """A person as a member of a household."""

    person: PersonEntry
    relation: Relation
    facts: PersonFactsEntry
    is_counted: bool = True
    is_protected: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DwellingEntry:
    """The home; floor area in square metres."""

    stamp: Stamp
    tenure: Tenure
    grade: DwellingGrade | None = None
    floor_area: Decimal | None = None
    rooms: int | None = None
    finish: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CircumstancesEntry:
    """What the survey adds."""

    stamp: Stamp
    reviewed: date
    single_parent: bool = False
    only_child_lost: bool = False
    property_status: PropertyStatus = PropertyStatus.WITHIN
    causes: tuple[Cause, ...] = ()
    cadre_relative: bool = False
    utilities_fen: int = 0
    phone_fen: int = 0
    livestock: str = ""
    farm_machines: str = ""
    land_mu: Decimal = Decimal(0)
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeEntry:
    """One class of income over twelve months; `verified_fen` None while unchecked."""

    stamp: Stamp
    kind: IncomeClass
    declared_fen: int
    verified_fen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendingEntry:
    """One kind of rigid self-paid spending over twelve months."""

    stamp: Stamp
    kind: SpendingKind
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShockEntry:
    """A sudden event with its loss."""

    stamp: Stamp
    kind: ShockKind
    on: date
    loss_fen: int
    main_worker_died: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetEntry:
    """A thing of value; `owner_id` is a person of the household."""

    stamp: Stamp
    kind: AssetKind
    value_fen: int
    owner_id: int | None = None
    detail: dict[str, str] = field(default_factory=dict)
    acquired: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupporterEntry:
    """赡养（抚养、扶养）义务人 who lives elsewhere."""

    stamp: Stamp
    name: str
    relation: str
    number: str = ""
    area_of_living: str = ""
    family_size: int = 1
    family_income_fen: int = 0
    monthly_support_fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionEntry:
    """What a household is recognised as; `is_legacy` (存量) was in force before the system."""

    category: Category
    started: date
    decided: date | None = None
    document_number: str = ""
    monthly_fen: int = 0
    next_review: date | None = None
    is_legacy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEntry:
    """The card to which aid is paid; `holder` is the place of the member in `members`, from 0."""

    bank: str
    card: str
    started: date
    holder: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdEntry:
    """A household with all that is known of it; `number` is empty unless a roster brings its own.

    `register_area_code` is given only where the register is kept elsewhere (人户分离).
    """

    area_code: str
    register_type: RegisterType
    members: tuple[MemberEntry, ...]
    dwelling: DwellingEntry | None = None
    circumstances: CircumstancesEntry | None = None
    incomes: tuple[IncomeEntry, ...] = ()
    spendings: tuple[SpendingEntry, ...] = ()
    shocks: tuple[ShockEntry, ...] = ()
    recognitions: tuple[RecognitionEntry, ...] = ()
    account: AccountEntry | None = None
    number: str = ""
    register_area_code: str = ""
    address: str = ""
    register_address: str = ""
    group_name: str = ""
    phone: str = ""
    accepted_at: datetime | None = None

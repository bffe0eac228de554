"""What screens get: frozen values, numbers, cards and phones masked, names full."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from yangguang.families.registry.rules.consistency import Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFactsView:
    """A person's facts; `disease` is shown on the e-file alone, never on a list."""

    source: str
    as_of: date
    illness: str | None
    disease: str
    disability_kind: str | None
    disability_grade: int | None
    disability_card: bool
    student: str | None
    school: str
    occupation: str
    employed: bool
    employer: str
    monthly_income_fen: int
    unable_to_work: bool
    self_care_failed: int | None
    marital: str
    unsupported_child: bool
    special: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """A member, current or former (`ended` set); `age` in completed years."""

    person_id: int
    name: str
    number_masked: str
    is_temporary: bool
    sex: str
    born: date
    died: date | None
    age: int
    ethnic: str
    relation: str
    is_counted: bool
    is_protected: bool
    started: date
    start_reason: str
    ended: date | None
    end_reason: str
    troubles: tuple[str, ...]
    facts: PersonFactsView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DwellingView:
    """The home; square metres."""

    source: str
    as_of: date
    tenure: str
    grade: str | None
    floor_area: Decimal | None
    rooms: int | None
    finish: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CircumstancesView:
    """What the survey adds; fees in fen a month."""

    source: str
    as_of: date
    single_parent: bool
    only_child_lost: bool
    property_status: str
    causes: tuple[str, ...]
    cadre_relative: bool
    utilities_fen: int
    phone_fen: int
    livestock: str
    farm_machines: str
    land_mu: Decimal
    note: str
    reviewed: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeView:
    """One class of income, fen over twelve months."""

    kind: str
    declared_fen: int
    verified_fen: int | None
    source: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendingView:
    """One kind of rigid spending, fen over twelve months."""

    kind: str
    amount_fen: int
    source: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetView:
    """A thing of value, fen."""

    id: int
    kind: str
    value_fen: int
    owner_name: str
    detail: tuple[tuple[str, str], ...]
    acquired: date | None
    source: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ShockView:
    """A sudden event, loss in fen."""

    id: int
    kind: str
    on: date
    loss_fen: int
    main_worker_died: bool
    detail: str
    source: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SupporterView:
    """A supporter, minimal: name masked, no number."""

    id: int
    name_masked: str
    relation: str
    family_size: int
    family_income_fen: int
    monthly_support_fen: int
    source: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionView:
    """A recognition, in force or ended; fen a month for the household."""

    category: str
    decided: date | None
    document_number: str
    monthly_fen: int
    next_review: date | None
    is_legacy: bool
    started: date
    ended: date | None
    end_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """The card to which aid is paid, masked."""

    holder_name: str
    bank: str
    card_masked: str
    started: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoView:
    """A photo; its bytes come from `photo_bytes`."""

    id: int
    kind: str
    person_id: int | None
    caption: str
    taken_at: datetime
    is_made: bool
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """A change of the household as such."""

    kind: str
    on: date
    other_id: int | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdPage:
    """Everything that the e-file shows of a household.

    Words such as `register_type` are stored codes; their labels are those of `registry.types`.
    `facts_version` goes into forms as `expected_version`.
    """

    id: int
    number: str
    area_code: str
    area_name: str
    area_path: tuple[str, ...]
    register_area_code: str
    register_area_name: str
    register_type: str
    head_id: int | None
    head_name: str
    address: str
    register_address: str
    group_name: str
    phone_masked: str
    registered_at: datetime
    accepted_at: datetime | None
    closed: date | None
    facts_version: int
    members: tuple[MemberView, ...]
    former_members: tuple[MemberView, ...]
    dwelling: DwellingView | None
    circumstances: CircumstancesView | None
    incomes: tuple[IncomeView, ...]
    spendings: tuple[SpendingView, ...]
    assets: tuple[AssetView, ...]
    shocks: tuple[ShockView, ...]
    supporters: tuple[SupporterView, ...]
    recognitions: tuple[RecognitionView, ...]
    account: AccountView | None
    photos: tuple[PhotoView, ...]
    changes: tuple[ChangeView, ...]
    doubts: tuple[Doubt, ...]

    @property
    def counted(self) -> int:
        """Give how many members live together and count (共同生活人口)."""
        return sum(member.is_counted for member in self.members)

    @property
    def income_fen(self) -> int:
        """Sum the incomes, verified where they are checked, fen over twelve months."""
        return sum(
            one.declared_fen if one.verified_fen is None else one.verified_fen
            for one in self.incomes
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """Somebody found, in the household of now or the last one; `matched` names the key."""

    person_id: int
    name: str
    number_masked: str
    sex: str
    born: date
    relation: str
    household_id: int
    household_number: str
    head_name: str
    area_code: str
    area_name: str
    is_closed: bool
    matched: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One line of a household's history: a verb of the trail, or a change with its day."""

    at: datetime
    verb: str
    actor_name: str
    actor_role: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Totals of an area: households and counted persons on the register."""

    households: int
    persons: int
    by_category: tuple[tuple[str, int], ...]
    temporary_numbers: int

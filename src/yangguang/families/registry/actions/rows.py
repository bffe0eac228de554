"""Entries as rows of the tables, with keys, seals and indices, for a few or for a city."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from psycopg.types.json import Jsonb

from yangguang.families.registry.actions.bulk import insert_rows
from yangguang.families.registry.rules.entries import (
    AccountEntry,
    AssetEntry,
    CircumstancesEntry,
    DwellingEntry,
    HouseholdEntry,
    IncomeEntry,
    PersonFactsEntry,
    RecognitionEntry,
    ShockEntry,
    SpendingEntry,
    SupporterEntry,
)
from yangguang.families.registry.rules.pinyin import spell
from yangguang.families.registry.rules.texts import check_name, check_phone, check_texts
from yangguang.families.registry.types import NumberKind
from yangguang.foundation.kernel.identity import IdentityNumber, parse_number
from yangguang.foundation.walls.sealing import blind, seal

type Row = tuple[object, ...]

# In the order in which they are written: household, person, membership, facts.
COLUMNS: dict[str, tuple[str, ...]] = {
    "registry_household": (
        "id", "number", "area_code", "register_area_code", "register_type", "head_id", "address",
        "register_address", "group_name", "phone_sealed", "registered_at", "accepted_at",
        "facts_version"),
    "registry_person": (
        "id", "area_code", "name", "pinyin", "initials", "number_kind", "number_sealed",
        "number_blind", "sex", "born_date", "ethnic"),
    "registry_membership": (
        "household_id", "area_code", "person_id", "relation", "is_counted", "is_protected",
        "started_date", "start_reason", "end_reason"),
    "registry_personfacts": (
        "person_id", "area_code", "source", "as_of_date", "illness", "illness_sealed",
        "disability_kind", "disability_grade", "disability_card", "student", "school",
        "occupation", "employed", "employer", "monthly_income_fen", "unable_to_work",
        "self_care_failed", "marital", "unsupported_child", "special"),
    "registry_dwelling": (
        "household_id", "area_code", "source", "as_of_date", "tenure", "grade", "floor_area",
        "rooms", "finish"),
    "registry_circumstances": (
        "household_id", "area_code", "source", "as_of_date", "single_parent", "only_child_lost",
        "property_status", "causes", "cadre_relative", "utilities_fen", "phone_fen", "livestock",
        "farm_machines", "land_mu", "note", "reviewed_date"),
    "registry_income": (
        "household_id", "area_code", "source", "as_of_date", "kind", "declared_fen",
        "verified_fen"),
    "registry_spending": (
        "household_id", "area_code", "source", "as_of_date", "kind", "amount_fen"),
    "registry_shock": (
        "household_id", "area_code", "source", "as_of_date", "kind", "on_date", "loss_fen",
        "main_worker_died", "detail"),
    "registry_asset": (
        "household_id", "area_code", "source", "as_of_date", "owner_id", "kind", "value_fen",
        "detail", "acquired_date"),
    "registry_supporter": (
        "id", "household_id", "area_code", "source", "as_of_date", "name", "relation",
        "number_sealed", "number_blind", "area_of_living", "family_size", "family_income_fen",
        "monthly_support_fen"),
    "registry_recognition": (
        "household_id", "area_code", "category", "decided_date", "document_number",
        "monthly_fen", "next_review_date", "is_legacy", "started_date", "end_reason"),
    "registry_bankaccount": (
        "id", "household_id", "area_code", "holder_id", "bank", "card_sealed", "card_blind",
        "started_date"),
}  # fmt: skip


class Sheaf:
    """Rows gathered by table, written in the order that the references want."""

    def __init__(self) -> None:
        """Start empty."""
        self.rows: dict[str, list[Row]] = defaultdict(list)

    def add(self, name: str, row: Row) -> None:
        """Put one row to a table of the registry, named without its prefix."""
        self.rows[f"registry_{name}"].append(row)

    def write(self, only: Iterable[str] = COLUMNS) -> None:
        """Write what is gathered; many rows of a table go in by binary copy."""
        for table in only:
            insert_rows(table, COLUMNS[table], self.rows[table])


def household_row(entry: HouseholdEntry, *, key: int, number: str, head: int, at: datetime) -> Row:
    """Give the row of a new household. Raises `InvalidEntry` for a text its column cannot hold."""
    check_texts(entry)
    check_phone(entry.phone)
    return (
        key, number, entry.area_code, entry.register_area_code, entry.register_type, head,
        entry.address, entry.register_address, entry.group_name,
        seal(entry.phone, place=f"household.phone.{key}"), at, entry.accepted_at, 1,
    )  # fmt: skip


def person_row(name: str, read: IdentityNumber, ethnic: str, *, key: int, area: str) -> Row:
    """Give the row of a new person; sex and birth come from the number. Raises `InvalidEntry`."""
    check_name(name)
    kind = NumberKind.TEMPORARY if read.temporary else NumberKind.RESIDENT
    pinyin, initials = spell(name)
    return (
        key, area, name, pinyin, initials, kind, seal(read.number, place=f"person.number.{key}"),
        blind(read.number), read.sex, read.born, ethnic,
    )  # fmt: skip


def facts_row(facts: PersonFactsEntry, *, person: int, area: str) -> Row:
    """Give the row of a person's facts. Raises `InvalidEntry`."""
    check_texts(facts)
    return (
        person, area, facts.stamp.source, facts.stamp.as_of, facts.illness,
        seal(facts.disease, place=f"personfacts.illness.{person}"), facts.disability_kind,
        facts.disability_grade, facts.disability_card, facts.student, facts.school,
        facts.occupation, facts.employed, facts.employer, facts.monthly_income_fen,
        facts.unable_to_work, facts.self_care_failed, facts.marital, facts.unsupported_child,
        facts.special,
    )  # fmt: skip


def dwelling_row(entry: DwellingEntry, *, household: int, area: str) -> Row:
    """Give the row of a home. Raises `InvalidEntry`."""
    check_texts(entry)
    return (
        household, area, entry.stamp.source, entry.stamp.as_of, entry.tenure, entry.grade,
        entry.floor_area, entry.rooms, entry.finish,
    )  # fmt: skip


def circumstances_row(entry: CircumstancesEntry, *, household: int, area: str) -> Row:
    """Give the row of what the survey adds. Raises `InvalidEntry`."""
    check_texts(entry)
    return (
        household, area, entry.stamp.source, entry.stamp.as_of, entry.single_parent,
        entry.only_child_lost, entry.property_status, [str(cause) for cause in entry.causes],
        entry.cadre_relative, entry.utilities_fen, entry.phone_fen, entry.livestock,
        entry.farm_machines, entry.land_mu, entry.note, entry.reviewed,
    )  # fmt: skip


def income_rows(entries: Sequence[IncomeEntry], *, household: int, area: str) -> list[Row]:
    """Give the rows of incomes by class."""
    return [
        (household, area, entry.stamp.source, entry.stamp.as_of, entry.kind, entry.declared_fen,
         entry.verified_fen)
        for entry in entries
    ]  # fmt: skip


def spending_rows(entries: Sequence[SpendingEntry], *, household: int, area: str) -> list[Row]:
    """Give the rows of rigid spending by kind."""
    return [
        (household, area, entry.stamp.source, entry.stamp.as_of, entry.kind, entry.amount_fen)
        for entry in entries
    ]


def shock_row(entry: ShockEntry, *, household: int, area: str) -> Row:
    """Give the row of an event. Raises `InvalidEntry`."""
    check_texts(entry)
    return (
        household, area, entry.stamp.source, entry.stamp.as_of, entry.kind, entry.on,
        entry.loss_fen, entry.main_worker_died, entry.detail,
    )  # fmt: skip


def asset_row(entry: AssetEntry, *, household: int, area: str) -> Row:
    """Give the row of a thing of value."""
    return (
        household, area, entry.stamp.source, entry.stamp.as_of, entry.owner_id, entry.kind,
        entry.value_fen, Jsonb(entry.detail), entry.acquired,
    )  # fmt: skip


def supporter_row(entry: SupporterEntry, *, key: int, household: int, area: str) -> Row:
    """Give the row of a supporter; a number is read and sealed. Raises `IdentityNumberError`."""
    check_texts(entry)
    number = parse_number(entry.number).number if entry.number else ""
    return (
        key, household, area, entry.stamp.source, entry.stamp.as_of, entry.name, entry.relation,
        seal(number, place=f"supporter.number.{key}"), blind(number), entry.area_of_living,
        entry.family_size, entry.family_income_fen, entry.monthly_support_fen,
    )  # fmt: skip


def recognition_row(entry: RecognitionEntry, *, household: int, area: str) -> Row:
    """Give the row of a recognition. Raises `InvalidEntry`."""
    check_texts(entry)
    return (
        household, area, entry.category, entry.decided, entry.document_number, entry.monthly_fen,
        entry.next_review, entry.is_legacy, entry.started, "",
    )  # fmt: skip


def account_row(entry: AccountEntry, *, key: int, household: int, area: str, holder: int) -> Row:
    """Give the row of a card, sealed for its household: whoever pays knows that one."""
    check_texts(entry)
    sealed = seal(entry.card, place=f"bankaccount.card.{household}")
    return (key, household, area, holder, entry.bank, sealed, blind(entry.card), entry.started)

"""Checking a roster against the areas and the register: the step between upload and commit."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import polars as pl
from django.db import transaction

from yangguang.families.registry.queries.roster_frames import staged_frame
from yangguang.families.registry.rules.roster.checking import Checked, Places, check_sheet
from yangguang.families.registry.rules.roster.comparing import (
    STANDING_FAMILIES,
    STANDING_PERSONS,
    Standing,
    compare,
)
from yangguang.families.registry.rules.roster.reading import Sheet
from yangguang.families.registry.rules.roster.report import Report
from yangguang.foundation.divisions.queries import area, tree, village_finder
from yangguang.foundation.divisions.types import Level
from yangguang.foundation.kernel.masks import mask_name
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.sealing import blind, unseal


class UnknownArea(Refusal):
    """The area into which a roster is to go does not exist."""


_PERSONS: Final = """
SELECT s.number_blind, p.id, p.name, p.died_date, m.household_id, h.number, head.name, a.name,
  f.source, f.as_of_date, f.illness, f.illness_sealed, f.disability_kind, f.disability_grade,
  f.student, f.occupation, f.marital
FROM roster_number s
JOIN registry_person p ON p.number_blind = s.number_blind
LEFT JOIN registry_membership m ON m.person_id = p.id AND m.ended_date IS NULL
LEFT JOIN registry_household h ON h.id = m.household_id
LEFT JOIN registry_person head ON head.id = h.head_id
LEFT JOIN divisions_area a ON a.code = h.area_code
LEFT JOIN registry_personfacts f ON f.person_id = p.id
"""

_FAMILIES: Final = """
SELECT s.household, h.id, h.facts_version, h.area_code, a.name, h.head_id, head.name,
  (SELECT count(*) FROM registry_membership m
   WHERE m.household_id = h.id AND m.ended_date IS NULL),
  h.closed_date, h.address, h.register_type, h.phone_sealed,
  i.source, i.fen, i.by_class,
  sm.source, coalesce(sm.amount_fen, 0), se.source, coalesce(se.amount_fen, 0),
  d.source, d.tenure, d.grade,
  c.source, array_to_string(c.causes, ','),
  r.id, r.is_legacy, r.monthly_fen, r.decided_date, r.document_number, r.next_review_date,
  b.id IS NOT NULL, b.card_blind = s.card_blind
FROM roster_household s
JOIN registry_household h ON h.number = s.household
LEFT JOIN registry_person head ON head.id = h.head_id
LEFT JOIN divisions_area a ON a.code = h.area_code
LEFT JOIN LATERAL (
  SELECT max(source) AS source, sum(coalesce(verified_fen, declared_fen)) AS fen,
    bool_or(kind <> 'other_income') AS by_class
  FROM registry_income WHERE household_id = h.id) i ON true
LEFT JOIN registry_spending sm ON sm.household_id = h.id AND sm.kind = 'medical'
LEFT JOIN registry_spending se ON se.household_id = h.id AND se.kind = 'education'
LEFT JOIN registry_dwelling d ON d.household_id = h.id
LEFT JOIN registry_circumstances c ON c.household_id = h.id
LEFT JOIN registry_recognition r
  ON r.household_id = h.id AND r.category = s.category_code AND r.ended_date IS NULL
LEFT JOIN registry_bankaccount b ON b.household_id = h.id AND b.ended_date IS NULL
"""


@transaction.atomic
def check_roster(sheet: Sheet, *, area_code: str, on: date) -> Report:
    """Check a roster for an area against itself, the area's villages and the register.

    `on` is today. Four queries, whatever the number of rows. Raises UnknownArea.
    """
    checked = check_sheet(sheet, places=_places(area_code), on=on)
    persons = checked.persons.with_columns(
        number_blind=pl.Series([blind(number or "") for number in checked.persons["number"]],
                               dtype=pl.Binary),
    ).with_columns(pl.when(pl.col("number").is_not_null()).then("number_blind"))  # fmt: skip
    families = checked.families.with_columns(
        card_blind=pl.Series([blind(card or "") for card in checked.families["card"]],
                             dtype=pl.Binary),
    )  # fmt: skip
    checked = Checked(sheet, on, persons, families, checked.problems)
    return compare(checked, _standing(persons, families), area_code=area_code)


def _places(area_code: str) -> Places:
    here = area(area_code)
    if here is None:
        raise UnknownArea(f"没有代码为“{area_code}”的区划。请填12位区划代码。")
    finder = village_finder(here.scope)
    townships = {view.name: view.scope for view in tree(here.scope)
                 if view.level == Level.TOWNSHIP}  # fmt: skip
    default = here.code if here.level == Level.VILLAGE else None
    return Places(_finding(lambda text: finder.find(text).codes, townships), default)


def _finding(
    find: Callable[[str], tuple[str, ...]], townships: dict[str, str]
) -> Callable[[str], tuple[str, ...]]:
    """Let a village's name carry its township's before it."""

    def found(text: str) -> tuple[str, ...]:
        codes = find(text)
        if len(codes) == 1:
            return codes
        for name, scope in townships.items():
            if text.startswith(name) and text != name:
                inside = find(text.removeprefix(name))
                return tuple(code for code in inside if code.startswith(scope))
        return codes

    return found


def _standing(persons: pl.DataFrame, families: pl.DataFrame) -> Standing:
    numbers = persons.select("number_blind").drop_nulls().unique()
    with staged_frame("roster_number", numbers, {"number_blind": "bytea"}) as cursor:
        cursor.execute(_PERSONS)
        known_persons = [_person(row) for row in cursor.fetchall()]
    types = {"household": "text", "category_code": "text", "card_blind": "bytea"}
    with staged_frame("roster_household", families, types) as cursor:
        cursor.execute(_FAMILIES)
        known_families = [_family(row) for row in cursor.fetchall()]
    return Standing(
        pl.DataFrame(known_persons, schema=STANDING_PERSONS, orient="row"),
        pl.DataFrame(known_families, schema=STANDING_FAMILIES, orient="row"),
    )


def _person(row: tuple[Any, ...]) -> tuple[object, ...]:
    number, person, *rest = row
    head, disease = rest[4], rest[9]
    rest[4] = mask_name(head) if head else None
    rest[9] = unseal(disease, place=f"personfacts.illness.{person}") if disease else ""
    return (bytes(number), person, *rest)


def _family(row: tuple[Any, ...]) -> tuple[object, ...]:
    household, key, *rest = row
    head, phone, income = rest[4], rest[9], rest[11]
    rest[4] = mask_name(head) if head else None
    rest[9] = unseal(phone, place=f"household.phone.{key}") if phone else ""
    rest[11] = None if income is None else int(income)
    return (household, key, *rest)

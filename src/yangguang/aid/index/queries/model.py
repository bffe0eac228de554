"""The policies that scoring stands on, read once for each state of the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection
from psycopg import Cursor

from yangguang.aid.index.rules.loading import parse
from yangguang.aid.index.rules.model import Model
from yangguang.foundation.catalogue.queries import (
    area_line,
    index_model,
    review_cycles,
    standards,
)
from yangguang.foundation.catalogue.rules.choosing import MissingPolicy, line_for
from yangguang.foundation.catalogue.types import StandardView

# Families that are recognised as nothing yet are looked at as often as other hardship.
UNRECOGNISED = "other_hardship"

STATE = """
SELECT md5(string_agg(concat_ws(' ', kind, key, area_code, valid_from, valid_until, digest),
  ',' ORDER BY id))
FROM catalogue_policy
WHERE kind IN ('index_model', 'standard', 'housing_line', 'review_cycle')
"""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What holds in a county on a day: the model, the standards, the lines, the review cycles.

    `small` square metres a head below which a dwelling is small; `cycles` months by category, ""
    for a family not recognised.
    """

    model: Model
    lines: tuple[StandardView, ...]
    small: float
    cycles: dict[str, int]

    def standard(self, area_code: str, register_type: str, on: date) -> float:
        """Give the low-income standard, yuan a head and month. Raises MissingPolicy."""
        line = line_for(list(self.lines), area_code, register_type)
        if line is None:
            raise MissingPolicy("最低生活保障标准", area_code, on)
        return line.monthly / 100


def rulebooks(area_codes: Iterable[str], on: date) -> dict[str, Rulebook]:
    """Give the rulebook of each county that the areas lie in, by its six digits.

    One query, and five more for what has changed since it was last read. Raises MissingPolicy.
    """
    with Cursor(connection.connection) as cursor:
        row = cursor.execute(STATE, prepare=True).fetchone()
    state = str(row[0]) if row else ""
    return {county: _rulebook(state, county, on) for county in {code[:6] for code in area_codes}}


def rulebook_of(state: str | None, area_code: str, on: date) -> Rulebook:
    """Give an area's rulebook where the state of the catalogue came with another query."""
    return _rulebook(state or "", area_code[:6], on)


def rulebook(area_code: str, on: date) -> Rulebook:
    """Give the rulebook of one area; queries as `rulebooks`. Raises MissingPolicy."""
    return rulebooks([area_code], on)[area_code[:6]]


def model_for(area_code: str, on: date) -> Model:
    """Give the index model in force for an area; queries as `rulebooks`. Raises MissingPolicy."""
    return rulebook(area_code, on).model


@lru_cache(maxsize=256)
def _rulebook(state: str, county: str, on: date) -> Rulebook:
    """Read the policies; `state` is the catalogue's, so that a changed one is read anew."""
    area_code = county.ljust(12, "0")
    view = index_model(area_code, on)
    cycles = review_cycles(on, area_code)
    return Rulebook(
        model=_compiled(view.digest, view.text),
        lines=tuple(standards(on)),
        small=area_line(on, area_code),
        cycles=cycles | {"": cycles.get(UNRECOGNISED, 12)},
    )


@lru_cache(maxsize=8)
def _compiled(digest: str, text: str) -> Model:
    return parse(text)

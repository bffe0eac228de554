"""The model in force, compiled once for each of its versions."""

from datetime import date
from functools import lru_cache

from yangguang.aid.index.rules.loading import parse
from yangguang.aid.index.rules.model import Model
from yangguang.foundation.catalogue.queries import index_model, review_cycles

# Families that are recognised as nothing yet are looked at as often as other hardship.
UNRECOGNISED = "other_hardship"


@lru_cache(maxsize=8)
def _compiled(digest: str, text: str) -> Model:
    return parse(text)


def model_for(area_code: str, on: date) -> Model:
    """Give the index model in force for an area. Raises MissingPolicy. One query."""
    view = index_model(area_code, on)
    return _compiled(view.digest, view.text)


def cycles_for(area_code: str, on: date) -> dict[str, int]:
    """Give the review cycle in months by category; "" is a family not recognised. One query."""
    cycles = review_cycles(on, area_code)
    return cycles | {"": cycles.get(UNRECOGNISED, 12)}

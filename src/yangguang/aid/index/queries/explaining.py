"""One family's index: stored, explained, and what would change it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from msgspec.structs import replace

from yangguang.aid.index.models import Run, Score
from yangguang.aid.index.queries.entries import gather_entries
from yangguang.aid.index.queries.model import model_for
from yangguang.aid.index.rules.explain import Difference, Explanation, explain, what_if
from yangguang.aid.index.types import Aid, Household
from yangguang.foundation.catalogue.types import AidType


@dataclass(frozen=True, slots=True)
class StoredScore:
    """A stored score as pages show it."""

    hardship: float
    assistance: float
    band: int
    flags: int
    left: float
    model_version: str
    facts_version: int
    on_date: date


@dataclass(frozen=True, slots=True)
class Freshness:
    """By which model a ranking was made, whether that is a sample, and as of which day."""

    model: str
    name: str
    sample: bool
    on_date: date | None


def score_of(household_id: int) -> StoredScore | None:
    """Give the stored score of a household in sight, or None. One query."""
    row = Score.objects.filter(household_id=household_id).first()
    if row is None:
        return None
    return StoredScore(
        hardship=row.hardship,
        assistance=row.assistance,
        band=row.band,
        flags=row.flags,
        left=row.left,
        model_version=row.model_version,
        facts_version=row.facts_version,
        on_date=row.on_date,
    )


def freshness(area_code: str, on: date) -> Freshness:
    """Tell by which model and as of which day an area was scored. Two queries."""
    model = model_for(area_code, on)
    newest = Run.objects.aggregate(day=Max("on_date"))["day"]
    return Freshness(model=model.version, name=model.name, sample=model.sample, on_date=newest)


def facts_of(household_id: int, on: date) -> Household | None:
    """Give the facts of a household as the rules read them, or None out of sight."""
    found = gather_entries([household_id], on)
    return found[0].entry.household if found else None


def explanation_of(household_id: int, on: date) -> Explanation | None:
    """Explain a household's index as of a day, line by line, or None out of sight. Four queries."""
    found = gather_entries([household_id], on)
    if not found:
        return None
    return explain(found[0].entry.household, on, found[0].book.model)


def what_if_of(household_id: int, on: date, **changes: object) -> Difference | None:
    """Give what changed facts would do to the index; `changes` are fields of `Household`."""
    found = gather_entries([household_id], on)
    if not found:
        return None
    model = found[0].book.model
    return what_if(found[0].entry.household, on, model, **changes)


def with_aid(household: Household, on: date, *, type: AidType, yuan: float) -> tuple[Aid, ...]:
    """Give the aid of a household after one more payment today: for `what_if_of(aid=…)`."""
    given = Aid(
        type=type,
        continuing=False,
        stopped=None,
        failed=False,
        promised=0.0,
        payments=((on, yuan),),
    )
    return (*household.aid, given)


def with_spending(household: Household, kind: str, yuan: float) -> object:
    """Give the spending of a household with so much more of a kind: for `what_if_of(spend=…)`."""
    spend = household.spend
    return replace(spend, **{kind: getattr(spend, kind) + yuan})

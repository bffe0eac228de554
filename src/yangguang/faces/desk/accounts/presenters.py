"""What the log-in page shows."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.conf import settings

from yangguang.aid.index.queries import Row, page, scope_of
from yangguang.aid.index.types import Band
from yangguang.faces.desk.accounts.forms import DemoLogInForm
from yangguang.foundation.accounts.queries import PostView, demo_posts
from yangguang.foundation.kernel.masks import mask_name
from yangguang.foundation.walls.context import enter, system

SHOWN = 20
"""How many families of the demonstration's ranking anybody may see, masked."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One family of the demonstration's ranking as anybody may see it: no number, no village."""

    rank: int
    name: str
    town: str
    assistance: float
    hardship: float
    band: Band
    members: int

    @classmethod
    def of(cls, rank: int, row: Row) -> Self:
        """Mask a row of the ranking."""
        return cls(
            rank=rank,
            name=mask_name(row.head),
            town=row.town,
            assistance=row.assistance,
            hardship=row.hardship,
            band=row.band,
            members=row.members,
        )


@dataclass(frozen=True, slots=True)
class LogInPage:
    """The demonstration's people, or none where passwords are needed."""

    is_demo: bool
    people: tuple[PostView, ...]
    back: str
    error: str = ""

    @classmethod
    def of(cls, on: date, *, back: str, form: DemoLogInForm | None = None) -> Self:
        """Read who may be chosen on a day; `form` tells what was wrong with the last try."""
        if not settings.DEMO:
            return cls(is_demo=False, people=(), back=back)
        wrong = (
            " ".join(str(one) for one in form.errors.get("person", []))
            if form and form.is_bound
            else ""
        )
        return cls(is_demo=True, people=tuple(demo_posts(on)), back=back, error=wrong)


@dataclass(frozen=True, slots=True)
class ShownRanking:
    """The head of the made city's ranking, for those who have not logged in."""

    area_name: str
    rows: tuple[ShownRow, ...]

    @classmethod
    def of(cls, people: tuple[PostView, ...]) -> Self | None:
        """Read the widest area of the demonstration's people, as the system, and mask it.

        None unless this is a demonstration: a real city shows nothing before the log-in.
        """
        if not settings.DEMO or not people:
            return None
        widest = min(people, key=lambda post: len(scope_of(post.area_code)))
        scope = scope_of(widest.area_code)
        enter(system(scope))
        shown = page(scope, limit=SHOWN).rows
        rows = tuple(ShownRow.of(place, row) for place, row in enumerate(shown, start=1))
        return cls(area_name=widest.area_name, rows=rows)

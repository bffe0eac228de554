"""A filter that a programmer forgot: every view's own check taken away, and PostgreSQL holds.

The mutation is kept here on purpose. What lies outside is asked for as if all of it were inside.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from tests.matrix.asking import Session
from tests.matrix.cells import Question, questions
from tests.matrix.people import Asker
from tests.matrix.places import COUNTY, TOWN, VILLAGE, VILLAGES, prefix
from tests.matrix.table import speaking
from tests.matrix.things import Thing
from tests.matrix.world import HEADS, World, title_of
from yangguang.aid.index.queries.places import frame_of
from yangguang.families.registry.models import Household
from yangguang.families.registry.models.household import HouseholdQuerySet
from yangguang.foundation.walls.context import Actor, enter, system

pytestmark = [pytest.mark.slow, pytest.mark.requirement(1)]

ASKERS = (Asker("village_clerk", VILLAGE), Asker("township_reviewer", TOWN),
          Asker("county_planner", COUNTY), Asker("county_approver", COUNTY))  # fmt: skip
KINDS = {"household", "photo", "plan", "batch", "area", "page", "roster"}


@pytest.fixture
def _forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every check of scope outside the database say yes, and every filter keep all."""

    def any_frame(scope: str, area_code: str, on: date) -> Any:
        return frame_of("37", area_code, on)

    monkeypatch.setattr(Actor, "covers", lambda actor, area_code: True)
    monkeypatch.setattr(HouseholdQuerySet, "within", lambda rows, scope: rows.all())
    monkeypatch.setattr("yangguang.faces.desk.ranking.views.frame_of", any_frame)


def secrets(world: World, own: str) -> list[bytes]:
    """Give what is known only inside: names, household numbers and plans of areas outside."""
    outside = [area for area in VILLAGES if not area.startswith(prefix(own))]
    numbers = [world.numbers[Thing("household", area, "registered")] for area in outside]
    plans = {thing.area for thing in world.keys if thing.kind == "plan"}
    titles = [title_of(area) for area in plans if not area.startswith(prefix(own))]
    return [word.encode() for word in [HEADS[area] for area in outside] + numbers + titles]


def outside(asker: Asker) -> Iterator[Question]:
    """Give what the asker has a right to do, of everything that is not the asker's, and lists."""
    for one in questions(asker, methods=("GET", "POST")):
        is_reached = speaking(one.cell)[0].outcome not in ("403", "405")
        if is_reached and one.address.kind in KINDS and one.cell.place not in ("own", "child"):
            yield one


@pytest.mark.usefixtures("_forgotten")
@pytest.mark.parametrize("asker", ASKERS, ids=str)
def test_without_a_view_s_own_filter_no_row_leaks(asker: Asker, world: World) -> None:
    session, kept = Session(asker, world), secrets(world, asker.area)
    leaks = []
    for one in outside(asker):
        outcome, answer = session.ask(one)
        # What the asker typed comes back in the field.
        typed = world.numbers.get(one.thing, "").encode()
        told = [word for word in kept if word != typed and word in answer.content]
        if told or outcome == "500":
            leaks.append(f"{one}: {outcome} {told}")
    assert leaks == []


@pytest.mark.usefixtures("_forgotten")
def test_the_filters_are_really_gone(world: World) -> None:
    session = Session(ASKERS[0], world)
    ranking = [one for one in outside(ASKERS[0]) if one.address.url == "desk:ranking?area"
               and one.method == "GET" and one.cell.place == "other-county"]  # fmt: skip
    assert {session.ask(one)[0] for one in ranking} == {"200"}


def test_an_open_scope_would_have_shown_what_the_wall_hides(world: World) -> None:
    """The secrets are there: with the whole city for a scope the same pages tell them."""
    session = Session(Asker("city_checker", "370100000000"), world)
    answers = [session.ask(one)[1].content for one in questions(session.asker, methods=("GET",))
               if one.address.kind in KINDS]  # fmt: skip
    missing = [word.decode() for word in secrets(world, VILLAGE)
               if not any(word in answer for answer in answers)]  # fmt: skip
    assert missing == []


@pytest.mark.usefixtures("_forgotten")
def test_a_query_without_its_filter_gives_only_rows_of_the_context(world: World) -> None:
    with transaction.atomic():
        enter(system(VILLAGE))
        rows = set(Household.objects.within("37").values_list("area_id", flat=True))
        transaction.set_rollback(True)
    enter(system("37"))
    assert rows == {VILLAGE}

"""Three neighbours: one owns a family, one shares it, one must see nothing of it."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse

from tests.matrix.asking import Session
from tests.matrix.cells import Question, questions
from tests.matrix.people import Asker
from tests.matrix.places import COUNTY, NEXT_TOWN, NEXT_VILLAGE, TOWN, VILLAGE
from tests.matrix.things import Thing
from tests.matrix.world import HEADS, World

pytestmark = [pytest.mark.slow, pytest.mark.requirement(1)]

OWNER = Asker("village_clerk", VILLAGE)
SHARER = Asker("township_reviewer", TOWN)
NEIGHBOUR = Asker("village_clerk", NEXT_VILLAGE)
NEXT_OFFICE = Asker("township_reviewer", NEXT_TOWN)
OF_FAMILY = {"desk:household", "desk:past_year", "desk:what_if", "desk:photo/known",
             "desk:change/known"}  # fmt: skip


def pages(asker: Asker) -> Iterator[Question]:
    """Give every page that shows the family, or that lists families."""
    for one in questions(asker, methods=("GET",)):
        if one.thing.area in ("", VILLAGE) and one.thing.state != "closed":
            yield one


def tells(answer: HttpResponse, world: World) -> bool:
    """Tell whether an answer says anything of the family."""
    number = world.numbers[Thing("household", VILLAGE, "registered")]
    return any(word.encode() in answer.content for word in (HEADS[VILLAGE], number))


@pytest.mark.parametrize("asker", [OWNER, SHARER], ids=str)
def test_who_owns_and_who_shares_a_family_read_all_its_pages(asker: Asker, world: World) -> None:
    session = Session(asker, world)
    asked = [one for one in pages(asker) if one.address.url in OF_FAMILY and one.thing.area]
    answers = {str(one): session.ask(one)[0] for one in asked}
    assert set(answers.values()) == {"200"}
    assert {one.address.url for one in asked} == OF_FAMILY


@pytest.mark.parametrize("asker", [OWNER, SHARER], ids=str)
def test_lists_of_who_owns_and_who_shares_show_the_family(asker: Asker, world: World) -> None:
    session = Session(asker, world)
    shown = {one.address.url for one in pages(asker)
             if not one.thing.area and tells(session.ask(one)[1], world)}  # fmt: skip
    assert "desk:ranking" in shown


@pytest.mark.parametrize("asker", [NEIGHBOUR, NEXT_OFFICE], ids=str)
def test_the_neighbour_meets_the_family_on_no_page_at_all(asker: Asker, world: World) -> None:
    session = Session(asker, world)
    told = []
    for one in pages(asker):
        outcome, answer = session.ask(one)
        if tells(answer, world) or (one.address.url in OF_FAMILY and outcome != "404"):
            told.append(f"{one}: {outcome}")
    assert told == []
    assert session.asker.area not in (VILLAGE, TOWN, COUNTY)

"""Every URL × method × role × place × state is answered as the reviewed table says."""

from collections.abc import Iterable

import pytest

from tests.matrix import people
from tests.matrix.asking import Session
from tests.matrix.cells import Question, everything, questions
from tests.matrix.people import Asker
from tests.matrix.table import speaking
from tests.matrix.world import World

FEW_PLACES = {"own", "other-county", "nowhere"}


def wrong(session: Session, asked: Iterable[Question]) -> list[str]:
    """Ask, and tell where the answer is not the table's."""
    found = []
    for question in asked:
        outcome, _ = session.ask(question)
        (row,) = speaking(question.cell)
        if outcome != row.outcome:
            found.append(f"{question}: {outcome}, line {row.line} says {row.outcome}")
    return found


def few(asker: Asker) -> Iterable[Question]:
    """Give one question for each URL, read or write, and row of the table that speaks of it.

    Of one's own area, of another county and of nothing; a method that a page does not have is
    refused before it is asked who is there, so one asker is enough for it.
    """
    seen = set()
    for one in questions(asker, methods=("GET", "POST")):
        (row,) = speaking(one.cell)
        kind = (one.address.url, one.method, row.line)
        is_refused = row.outcome == "405" and asker is not people.NOBODY
        if one.cell.place in FEW_PLACES and kind not in seen and not is_refused:
            seen.add(kind)
            yield one


@pytest.mark.slow
@pytest.mark.requirement(1)
@pytest.mark.parametrize("asker", people.FEW, ids=str)
def test_a_few_people_get_what_the_table_says(asker: Asker, world: World) -> None:
    assert wrong(Session(asker, world), few(asker)) == []


@pytest.mark.slow
@pytest.mark.matrix
@pytest.mark.parametrize("asker", people.ALL, ids=str)
def test_everybody_gets_what_the_table_says(asker: Asker, world: World) -> None:
    assert wrong(Session(asker, world), everything(asker)) == []

"""What is asked for: each kind of object in its states, in neighbouring areas, and one missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.matrix.places import AREAS, OFFICES, VILLAGES


@dataclass(frozen=True, slots=True)
class Thing:
    """An object of a kind, where it stands and in what state; a missing one stands nowhere."""

    kind: str
    area: str = ""
    state: str = ""


MISSING = "missing"
STATES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "household": (VILLAGES, ("registered", "closed")),
    "photo": (VILLAGES, ("kept",)),
    "plan": (OFFICES, ("draft", "submitted", "approved")),
    "batch": (OFFICES, ("prepared", "sent")),
    "list": (OFFICES, ("plan_list", "batch_list")),
    "export": (OFFICES, ("asked", "granted", "declined")),
    "reader": (VILLAGES, ("looked",)),
    "post": (AREAS, ("open", "ended")),
    "staff": (AREAS, ("open", "ended")),
    "appointment": (AREAS, ("proposed", "granted", "declined")),
    "body": (tuple(area for area in AREAS if area[4:6] != "00"), ("open",)),
    "area": (AREAS, ("valid",)),
    "roster": (AREAS, ("uploaded",)),
}
"""Of each kind: the areas where one stands, and its states. Everything else has no area."""


def things(kind: str) -> Iterator[Thing]:
    """Give the objects of a kind; a kind without objects is the page itself."""
    if kind == "policy":
        yield Thing("policy", state="known")
        yield Thing("policy", state=MISSING)
        return
    if kind not in STATES:
        yield Thing(kind)
        return
    areas, states = STATES[kind]
    for area in areas:
        for state in states:
            yield Thing(kind, area, state)
    yield Thing(kind, state=MISSING)

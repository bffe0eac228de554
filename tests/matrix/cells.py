"""All cells: every asker × every address × every object × every method."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.matrix.addresses import Address, addresses
from tests.matrix.people import Asker
from tests.matrix.places import place
from tests.matrix.table import Cell
from tests.matrix.things import Thing, things

OFFERED = ("GET", "HEAD", "POST")
REFUSED = ("PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Question:
    """One request: who asks what of which object."""

    asker: Asker
    address: Address
    thing: Thing
    method: str

    @property
    def cell(self) -> Cell:
        """Give the cell of the table that the request falls into."""
        return Cell(
            url=self.address.url,
            role=self.asker.role,
            session=self.asker.session,
            place=place(self.asker.area, self.thing.area),
            state=self.thing.state,
            method=self.method,
        )

    def __str__(self) -> str:
        """Tell the request in one line."""
        thing, words = self.thing, dict(self.address.words)
        return f"{self.asker} {self.method} {self.address.url} {words} {thing.area} {thing.state}"


def everything(asker: Asker) -> Iterator[Question]:
    """Give what the whole matrix asks for somebody.

    A method that no page has is refused before session and object count: PUT is asked of every
    object in a fresh session, the others of own objects and of pages without one.
    """
    yield from questions(asker, methods=OFFERED)
    if asker.session in ("fresh", "none"):
        for one in questions(asker, methods=REFUSED):
            if one.method == "PUT" or one.cell.place in ("own", "nowhere"):
                yield one


def questions(asker: Asker, *, methods: Iterable[str]) -> Iterator[Question]:
    """Give every address and object that somebody can ask for by some methods."""
    kept = tuple(methods)
    for address in addresses():
        for thing in things(address.kind):
            for method in kept:
                yield Question(asker, address, thing, method)

"""The reviewed tables: which URL asks for which right, and which row speaks for a cell."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
# The first column weighs most: of two rows that fit, the one that names more, from the left, holds.
COLUMNS = ("url", "method", "session", "who", "place", "state")
USUAL = {"session": "fresh", "who": "right"}
ANY = "*"


@dataclass(frozen=True, slots=True)
class Entry:
    """What `urls.csv` says of a URL: its methods, its right, and whether it asks for a code."""

    methods: frozenset[str]
    right: str
    wants_code: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One question: who, in what session, asks what of which object."""

    url: str
    role: str
    session: str
    place: str
    state: str
    method: str

    @property
    def said(self) -> tuple[frozenset[str], ...]:
        """Give the cell in the words of the table's columns; any of a column's words may be named.

        `who` is `right` or `no-right`, and the role as well.
        """
        entry = entries()[base(self.url)]
        is_offered = self.method in entry.methods
        has_right = entry.right == "open" or self.role in rights()[entry.right]
        session = self.session
        if session == "stale" and not entry.wants_code:
            session = "fresh"
        words = (
            (self.url, base(self.url)),
            (self.method if is_offered else "refused",),
            (session,),
            ("right" if has_right else "no-right", self.role or "nobody"),
            (self.place,),
            (self.state or "-",),
        )
        return tuple(frozenset(one) for one in words)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of `expected.csv`; a column is `*` or words divided by spaces, any of which fits."""

    line: int
    words: tuple[frozenset[str], ...]
    outcome: str

    @property
    def weight(self) -> tuple[bool, ...]:
        """Tell which columns the row names."""
        return tuple(ANY not in one for one in self.words)

    def fits(self, said: tuple[frozenset[str], ...]) -> bool:
        """Tell whether the row speaks of a cell."""
        return all(ANY in words or words & one for words, one in zip(self.words, said, strict=True))


def base(url: str) -> str:
    """Give the resolver's name of a URL: without the word or the question behind it."""
    return url.partition("?")[0].partition("/")[0]


def _read(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open() as file:
        yield from csv.DictReader(file)


@cache
def rights() -> dict[str, frozenset[str]]:
    """Read which roles have which right."""
    return {row["right"]: frozenset(row["roles"].split()) for row in _read("rights.csv")}


@cache
def entries() -> dict[str, Entry]:
    """Read what each URL asks for."""
    return {
        row["url"]: Entry(frozenset(row["methods"].split()), row["right"], row["factor"] == "fresh")
        for row in _read("urls.csv")
    }


@cache
def rows() -> tuple[Row, ...]:
    """Read the table, the most particular row first; an empty column is the usual one."""
    read = [
        Row(
            line,
            tuple(frozenset((row[name] or USUAL.get(name, ANY)).split()) for name in COLUMNS),
            row["outcome"],
        )
        for line, row in enumerate(_read("expected.csv"), start=2)
    ]
    return tuple(sorted(read, key=lambda row: row.weight, reverse=True))


@cache
def speaking(cell: Cell) -> tuple[Row, ...]:
    """Give the most particular rows that fit a cell: one, or the table is at fault."""
    said = cell.said
    fitting = [row for row in rows() if row.fits(said)]
    return tuple(row for row in fitting if row.weight == fitting[0].weight)

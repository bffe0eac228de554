"""What a checked roster comes to: counts, problems, and what taking it would do."""

from dataclasses import dataclass, field
from datetime import date

import polars as pl

from yangguang.families.registry.rules.roster.problems import Level, Problem, masked
from yangguang.families.registry.rules.roster.reading import Sheet


@dataclass(frozen=True, slots=True)
class Report:
    """A roster held against itself and the register; `on` is the day it was checked.

    `families` has a row a household with its `state`: "new", "changed", "same" or "faulty";
    `persons` a row a person with the state of its household. `problems`: row, key, value (not
    masked: use `errors` and `warnings`), message, level.
    """

    sheet: Sheet
    on: date
    area_code: str
    persons: pl.DataFrame = field(repr=False)
    families: pl.DataFrame = field(repr=False)
    problems: pl.DataFrame = field(repr=False)

    @property
    def is_clean(self) -> bool:
        """Tell whether no row has an error."""
        return not (self.problems["level"] == "error").any()

    @property
    def errors(self) -> list[Problem]:
        """List what stops a household, in the order of the file; values masked."""
        return self._told("error")

    @property
    def warnings(self) -> list[Problem]:
        """List what deserves a second look and stops nothing; values masked."""
        return self._told("warning")

    def count(self, state: str) -> int:
        """Count the households of a state."""
        return int((self.families["state"] == state).sum())

    def _told(self, level: Level) -> list[Problem]:
        rows = self.problems.filter(pl.col("level") == level).select(
            "row", "key", "value", "message"
        )
        return [
            Problem(row, self.sheet.header(key), masked(key, value), message)
            for row, key, value, message in rows.iter_rows()
        ]

    def summary(self) -> dict[str, object]:
        """Give the counts and problems as the command prints them.

        created, updated and unchanged are households that the import made or would make so.
        """
        return {
            "rows": self.sheet.frame.height,
            "households": self.families.height,
            "persons": self.persons.height,
            "created": self.count("new"),
            "updated": self.count("changed"),
            "unchanged": self.count("same"),
            "errors": [_line(problem) for problem in self.errors],
            "warnings": [_line(problem) for problem in self.warnings],
        }


def _line(problem: Problem) -> dict[str, object]:
    return {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "message": problem.message,
    }

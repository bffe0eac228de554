"""What the pages of a roster say."""

from dataclasses import dataclass
from typing import Any, Self

import polars as pl

from yangguang.families.registry.rules.roster.problems import Problem
from yangguang.families.registry.rules.roster.report import Report
from yangguang.foundation.divisions.queries import area as area_by_code
from yangguang.foundation.divisions.queries import children
from yangguang.foundation.walls.context import Actor

MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Apart:
    """A person whom the roster has in one household and the register in another."""

    row: int
    name: str
    household: str
    known_household: str
    known_head: str
    known_place: str


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """What a check found, and what taking the file would do; counts are households."""

    rows: int
    households: int
    persons: int
    created: int
    updated: int
    unchanged: int
    faulty: int
    is_clean: bool
    errors: list[Problem]
    warnings: list[Problem]
    error_count: int
    warning_count: int
    apart: list[Apart]

    @classmethod
    def of(cls, report: Report) -> Self:
        """Tell a report, with at most three hundred problems of each kind."""
        errors, warnings = report.errors, report.warnings
        return cls(
            rows=report.sheet.frame.height,
            households=report.families.height,
            persons=report.persons.height,
            created=report.count("new"),
            updated=report.count("changed"),
            unchanged=report.count("same"),
            faulty=report.count("faulty"),
            is_clean=report.is_clean,
            errors=errors[:MOST_SHOWN],
            warnings=warnings[:MOST_SHOWN],
            error_count=len(errors),
            warning_count=len(warnings),
            apart=_apart(report),
        )

    @property
    def takes(self) -> int:
        """Count the households that taking the clean ones would write."""
        return self.created + self.updated


def _apart(report: Report) -> list[Apart]:
    wanted = ["row", "name", "household", "known_household", "known_head", "known_place"]
    if not set(wanted) <= set(report.persons.columns):
        return []
    elsewhere = pl.col("known_household").is_not_null() & (
        pl.col("known_household") != pl.col("household")
    )
    found = report.persons.filter(elsewhere).head(MOST_SHOWN)
    rows = found.select("row", pl.col(wanted[1:]).fill_null("")).iter_rows()
    return [Apart(row, *cells) for row, *cells in rows]


def areas_of(by: Actor) -> list[tuple[str, str]]:
    """Give the officer's own area and those directly below, the lowest asked first."""
    own = area_by_code(by.scope.ljust(12, "0"))
    if own is None:
        return []
    below = [(area.code, f"　{area.name}") for area in children(own.code)]
    return [(own.code, own.name), *below]


def area_name(code: str) -> str:
    """Give the name of an area, or its code."""
    found = area_by_code(code)
    return found.name if found else code


def upload_context(by: Actor, form: Any, refused: str = "") -> dict[str, Any]:
    """Give what the upload page shows."""
    return {"section": "roster", "form": form, "refused": refused}

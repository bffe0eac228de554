"""A township's officer, and the two steps of an import as the tests take them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

import pytest

from tests.families.registry.roster.sheets import AREA, HEADERS, ON, book
from yangguang.families.registry.actions.roster import Result, commit_roster
from yangguang.families.registry.queries.roster import check_roster
from yangguang.families.registry.rules.roster.reading import read_roster
from yangguang.families.registry.rules.roster.report import Report
from yangguang.foundation.walls.context import Actor, acting, system


class Check(Protocol):
    """Check rows as a roster of the county."""

    def __call__(
        self, rows: Sequence[dict[str, object]], headers: Sequence[str] = HEADERS
    ) -> Report: ...


class Take(Protocol):
    """Check rows and take them."""

    def __call__(
        self, rows: Sequence[dict[str, object]], *, take_clean: bool = False
    ) -> Result: ...


@pytest.fixture
def officer(db: None) -> Iterator[Actor]:
    """Act over the whole city for the length of a test."""
    with acting(system("3701")) as actor:
        yield actor


@pytest.fixture
def check(officer: Actor) -> Check:
    """Give what checks rows."""

    def checking(rows: Sequence[dict[str, object]], headers: Sequence[str] = HEADERS) -> Report:
        return check_roster(read_roster(book(rows, headers)), area_code=AREA, on=ON)

    return checking


@pytest.fixture
def take(officer: Actor, check: Check, now: datetime) -> Take:
    """Give what checks rows and takes them."""

    def taking(rows: Sequence[dict[str, object]], *, take_clean: bool = False) -> Result:
        return commit_roster(check(rows), by=officer, at=now, take_clean=take_clean)

    return taking

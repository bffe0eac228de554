"""The ledger is tried on the real database, in the scope of a county."""

import pytest

from tests.aid.paying import PLANNER
from yangguang.foundation.walls.context import enter


@pytest.fixture
def county(db: None) -> None:
    """Act in the county for the length of the test."""
    enter(PLANNER)

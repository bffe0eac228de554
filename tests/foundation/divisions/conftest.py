"""Whoever changes areas in these tests: the city's officer."""

from collections.abc import Iterator

import pytest

from yangguang.foundation.walls.context import Actor, acting


@pytest.fixture
def officer(db: None) -> Iterator[Actor]:
    """Act as the officer of Shandong, over all areas of the shipped list."""
    with acting(Actor(id=1, name="市级管理员", role="city_officer", scope="37")) as actor:
        yield actor

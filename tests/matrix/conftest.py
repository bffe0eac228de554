"""The world of the matrix, made once for a module."""

import logging
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.matrix.world import World, made_world


@pytest.fixture(scope="module")
def world(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """Give the world; a hundred thousand refusals need not be logged."""
    logging.disable(logging.CRITICAL)
    try:
        with made_world(django_db_blocker, tmp_path_factory.mktemp("matrix")) as made:
            yield made
    finally:
        logging.disable(logging.NOTSET)

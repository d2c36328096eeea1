"""What tests of several packages share: the PostgreSQL server, and the order in which they are made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings

from tests.postgres import Server

# How long a thing takes is for `make bench`: a busy computer makes any one long.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

HERE: Final = Path(__file__).parent
# Half a minute comes first and milliseconds last, or at the end all would wait for whoever has just begun a long one.
LONG_FIRST: Final = ("torture", "journeys", "bot", "storage")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The packages of the long tests before the others; within a package nothing moves."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    folder = item.path.relative_to(HERE).parts[0]
    return LONG_FIRST.index(folder) if folder in LONG_FIRST else len(LONG_FIRST)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A real server, started for the first test that asks for it."""
    with Server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """A fresh migrated database on it."""
    address = postgres_server.fresh()
    yield address
    postgres_server.drop(address)

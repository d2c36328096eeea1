"""What tests of several packages share: the PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgres import Server


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

"""What tests of several packages share: the event loop, which is the one the bot runs on, and the PostgreSQL server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping

import pytest

from tests.postgres import Server


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Tests run on the loop that `bukapo run` takes (`bot.__main__`), which costs less besides."""
    try:
        import uvloop
    except ImportError:
        return {"asyncio": asyncio.new_event_loop}
    return {"uvloop": uvloop.new_event_loop}


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

"""A fresh database for every test, on both engines."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from storage.database import Database
from storage.databases import database_at
from tests.sqlite import put_empty


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a SQLite database lies."""
    return put_empty(tmp_path / "bukapo.db")


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """A shelf in this folder (`shelves`) is on each engine."""
    if request.param == "postgres":
        (tmp_path / "database.url").write_text(request.getfixturevalue("postgres_url"))


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database without rows, on each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{request.getfixturevalue('path')}"
    return str(request.getfixturevalue("postgres_url"))


@pytest_asyncio.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """It, open."""
    database = database_at(url)
    await database.open()
    yield database
    await database.close()

"""A fresh database for every test; migrated once and copied, because migrating takes longer than most tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from storage.database import Database
from storage.migrate import migrate


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A migrated file without rows."""
    path = tmp_path_factory.mktemp("storage") / "empty.db"
    migrate(path)
    return path.read_bytes()


@pytest.fixture
def path(empty: bytes, tmp_path: Path) -> Path:
    """Where the database lies."""
    path = tmp_path / "bukapo.db"
    path.write_bytes(empty)
    return path


@pytest_asyncio.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    """It, open."""
    database = Database(path)
    await database.open()
    yield database
    await database.close()
